/** Each is valid YAML 1.2 and not read by go-yaml v3: a colon that begins a plain text, a lone tag, a tab that begins a line. */
const YAML_1_2_ONLY = [/[{[,:]\s*:/, /(?:^|[\s,[{:])!\s*$/m, /^ *\t/m];

/**
 * Whether go-yaml v3, with which Prometheus and AMP's engine read rules, might refuse a valid text. True for some texts that it reads:
 * this looks at the characters, not at what they mean.
 */
export function mightBeRefusedByGoYaml(text: string): boolean {
  return YAML_1_2_ONLY.some((pattern) => pattern.test(text));
}
