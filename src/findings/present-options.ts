/**
 * Options without their nulls. JavaScript lets null through, as a whole and in each member, where TypeScript has nothing: both mean the
 * default.
 */
export function presentOptions<Options extends object>(options: Options | null | undefined): Options {
  const given: Options | Record<string, never> = options ?? {};
  const members = Object.entries(given);
  const present = members.filter(([, value]) => value !== null);
  return (present.length === members.length ? given : Object.fromEntries(present)) as Options;
}
