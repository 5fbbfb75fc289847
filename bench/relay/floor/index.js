// What no function of Node.js can go below: one POST, and nothing else.
const https = require('node:https');

const agent = new https.Agent({ keepAlive: true });

exports.handler = (event) => new Promise((resolve, reject) => {
  const body = JSON.stringify(event);
  const headers = { 'content-length': Buffer.byteLength(body) };
  const request = https.request(process.env.PAGERDUTY_URL, { method: 'POST', agent, headers }, (response) => {
    response.resume();
    response.on('end', resolve);
  });
  request.on('error', reject);
  request.end(body);
});
