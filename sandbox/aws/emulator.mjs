// SNS and SQS, in their own process: `node emulator.mjs PORT`. fauxqs as a server always listens on every interface,
// so its application is built here and listens on the loopback address only.
import { buildApp } from 'fauxqs';

const home = new URL('.', import.meta.resolve('fauxqs'));
const { SqsStore } = await import(new URL('sqs/sqsStore.js', home));
const { SnsStore } = await import(new URL('sns/snsStore.js', home));
const { S3Store } = await import(new URL('s3/s3Store.js', home));
const { INVALID_MESSAGE_BODY_CHAR } = await import(new URL('sqs/sqsTypes.js', home));

// SQS accepts every character up to U+10FFFF that XML 1.0 has; fauxqs 1.9 looks at UTF-16 halves and so refuses all beyond
// U+FFFF.
const refused = /[^\u{9}\u{a}\u{d}\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/u;
INVALID_MESSAGE_BODY_CHAR.test = (body) => refused.test(body);

const sqsStore = new SqsStore();
const app = buildApp({ logger: false, stores: { sqsStore, snsStore: new SnsStore(), s3Store: new S3Store() } });
// Queue URLs contain the requested address, not a host name that must be resolved.
sqsStore.host = '';
await app.listen({ host: '127.0.0.1', port: Number(process.argv[2]) });
