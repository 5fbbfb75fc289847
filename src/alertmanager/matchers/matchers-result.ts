import type { MatcherConfig } from '../model';

/** The matchers of one entry, or what is wrong with it. */
export type MatchersResult = { readonly matchers: readonly MatcherConfig[] } | { readonly error: string };
