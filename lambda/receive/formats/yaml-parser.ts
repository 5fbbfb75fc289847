/** The YAML parser, in a file of its own beside the bundle: only the messages of the article need it. */
export { parseDocument } from 'yaml';
