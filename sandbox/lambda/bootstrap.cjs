// What AWS Lambda's Node.js 24 runtime does around a handler, as far as a function can notice: it fetches invocations from
// the Runtime API one at a time, calls the handler, and reports the result or the error.
const http = require('node:http');
const path = require('node:path');
const { pathToFileURL } = require('node:url');

const API = `http://${process.env.AWS_LAMBDA_RUNTIME_API}/2018-06-01/runtime`;
const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });

main().catch((error) => {
  console.error(error);
  process.exit(1);
});

async function main() {
  let handler;
  try {
    handler = await loadHandler(process.env._HANDLER, process.env.LAMBDA_TASK_ROOT);
  } catch (error) {
    await post('/init/error', describe(error));
    process.exit(1);
  }
  let current;
  for (const event of ['uncaughtException', 'unhandledRejection']) {
    process.on(event, (error) => {
      const place = current ? `/invocation/${current}/error` : '/init/error';
      post(place, { ...describe(error), errorType: event === 'uncaughtException' ? describe(error).errorType : 'Runtime.UnhandledPromiseRejection' })
        .finally(() => process.exit(event === 'uncaughtException' ? 129 : 128));
    });
  }
  for (;;) {
    const { headers, body } = await request('GET', '/invocation/next');
    current = headers['lambda-runtime-aws-request-id'];
    process.env._X_AMZN_TRACE_ID = headers['lambda-runtime-trace-id'] ?? '';
    let result;
    try {
      result = await handler(JSON.parse(body), contextOf(headers));
    } catch (error) {
      await post(`/invocation/${current}/error`, describe(error));
      continue;
    }
    await post(`/invocation/${current}/response`, result === undefined ? null : result);
  }
}

/** `index.handler`, `folder/index.handler`: a file below the task root and the name of what it exports. */
async function loadHandler(name, root) {
  const match = /^(.*?)([^/.]+)\.([^/]+)$/.exec(name ?? '');
  if (!match) {
    throw named('Runtime.MalformedHandlerName', `bad handler ${name}`);
  }
  const [, folder, file, exported] = match;
  const base = path.resolve(root, folder, file);
  const module = await load(base);
  const handler = exported.split('.').reduce((value, key) => value?.[key], module);
  if (typeof handler !== 'function') {
    throw named('Runtime.HandlerNotFound', `${name} is undefined or not exported`);
  }
  if (handler.length > 2) {
    throw named('Runtime.CallbackHandlerDeprecated', `${name} takes a callback, which Node.js 24 no longer supports in AWS Lambda`);
  }
  return handler;
}

async function load(base) {
  try {
    return require(base);
  } catch (error) {
    if (error.code !== 'MODULE_NOT_FOUND' || !String(error.message).includes(base)) {
      throw error;
    }
  }
  return import(pathToFileURL(`${base}.mjs`).href);
}

function contextOf(headers) {
  const deadline = Number(headers['lambda-runtime-deadline-ms']);
  return {
    callbackWaitsForEmptyEventLoop: true,
    functionName: process.env.AWS_LAMBDA_FUNCTION_NAME,
    functionVersion: process.env.AWS_LAMBDA_FUNCTION_VERSION,
    memoryLimitInMB: process.env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE,
    logGroupName: process.env.AWS_LAMBDA_LOG_GROUP_NAME,
    logStreamName: process.env.AWS_LAMBDA_LOG_STREAM_NAME,
    invokedFunctionArn: headers['lambda-runtime-invoked-function-arn'],
    awsRequestId: headers['lambda-runtime-aws-request-id'],
    getRemainingTimeInMillis: () => Math.max(0, deadline - Date.now()),
  };
}

function post(place, body) {
  return request('POST', place, JSON.stringify(body));
}

function request(method, place, body) {
  return new Promise((resolve, reject) => {
    const outgoing = http.request(`${API}${place}`, { method, agent }, (response) => {
      const chunks = [];
      response.on('data', (chunk) => chunks.push(chunk));
      response.on('end', () => resolve({ headers: response.headers, body: Buffer.concat(chunks).toString('utf8') }));
      response.on('error', reject);
    });
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}

function describe(error) {
  return error instanceof Error
    ? { errorType: error.name, errorMessage: error.message, trace: (error.stack ?? '').split('\n') }
    : { errorType: typeof error, errorMessage: String(error), trace: [] };
}

function named(name, message) {
  return Object.assign(new Error(message), { name });
}
