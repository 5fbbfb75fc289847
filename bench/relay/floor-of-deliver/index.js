// What no function of Node.js can go below that sends the requests of the deliver function, to the same three hosts: nothing is
// signed, read, or decided.
const https = require('node:https');

const agent = new https.Agent({ keepAlive: true });
let isFirst = true;

exports.handler = async (event) => {
  const { SECRETS_URL: secrets, TABLES_URL: tables, PAGERDUTY_URL: pagerDuty } = process.env;
  const body = JSON.stringify(event);
  // The secret is read once. The watermark is read, and written before the event is sent and after it.
  for (const url of [...(isFirst ? [secrets] : []), tables, tables, pagerDuty, tables]) {
    await post(url, body);
  }
  isFirst = false;
  return { batchItemFailures: [] };
};

function post(url, body) {
  return new Promise((resolve, reject) => {
    const headers = { 'content-length': Buffer.byteLength(body) };
    const request = https.request(url, { method: 'POST', agent, headers }, (response) => {
      response.resume();
      response.on('end', resolve);
    });
    request.on('error', reject);
    request.end(body);
  });
}
