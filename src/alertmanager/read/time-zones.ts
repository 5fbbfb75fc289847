let canonical: Map<string, string> | undefined;

/** Whether Go finds a time zone of this name. Go looks for files, so that case counts; JavaScript does not mind case. */
export function knowsTimeZone(name: string): boolean {
  if (name === '' || name === 'UTC' || name === 'Local') {
    return true;
  }
  // Offsets such as +01:00 are zones for JavaScript only; every name of the database begins with a capital letter.
  if (!/^[A-Z][A-Za-z0-9+_/-]*$/.test(name)) {
    return false;
  }
  canonical ??= new Map(Intl.supportedValuesOf('timeZone').map((zone) => [zone.toLowerCase(), zone]));
  const spelling = canonical.get(name.toLowerCase());
  return spelling === undefined ? isAlias(name) : spelling === name;
}

/** Older names, such as `US/Eastern`, are not in the list of names but known. */
function isAlias(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
  } catch {
    return false;
  }
  return name.split('/').every((part) => /^[A-Z]/.test(part));
}
