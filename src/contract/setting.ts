/** A setting that stands in the definition, or the name of the entry in the secret that holds it. */
export type Setting = { readonly value: string } | { readonly secret: string };
