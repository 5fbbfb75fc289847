/** An SNS `Publish` call as Alertmanager makes it: the values as bytes, because they need not be text. */
export interface PublishRequest {
  readonly topicArn: string;
  readonly message: Buffer;
  readonly subject?: Buffer;
  readonly attributes: ReadonlyArray<{ readonly name: Buffer; readonly value: Buffer }>;
}

/** Reads the form that the SNS query protocol posts. */
export function parsePublishRequest(body: Buffer): PublishRequest {
  const fields = new Map<string, Buffer>();
  for (const pair of body.toString('latin1').split('&')) {
    const separator = pair.indexOf('=');
    if (separator > 0) {
      fields.set(decode(pair.slice(0, separator)).toString('utf8'), decode(pair.slice(separator + 1)));
    }
  }
  if (fields.get('Action')?.toString() !== 'Publish') {
    throw new Error(`expected the action Publish, found ${fields.get('Action')?.toString() ?? 'none'}`);
  }
  const attributes = [];
  for (let number = 1; fields.has(`MessageAttributes.entry.${number}.Name`); number += 1) {
    const entry = `MessageAttributes.entry.${number}`;
    attributes.push({
      name: fields.get(`${entry}.Name`) ?? Buffer.alloc(0),
      value: fields.get(`${entry}.Value.StringValue`) ?? Buffer.alloc(0),
    });
  }
  return {
    topicArn: (fields.get('TopicArn') ?? Buffer.alloc(0)).toString('utf8'),
    message: fields.get('Message') ?? Buffer.alloc(0),
    subject: fields.get('Subject'),
    attributes,
  };
}

/** `application/x-www-form-urlencoded`, to bytes: a message that is no UTF-8 must be seen as it is. */
function decode(text: string): Buffer {
  const bytes = Buffer.alloc(text.length);
  let length = 0;
  for (let position = 0; position < text.length; position += 1) {
    const character = text[position];
    const hex = character === '%' ? /^[0-9a-fA-F]{2}/.exec(text.slice(position + 1, position + 3))?.[0] : undefined;
    if (hex !== undefined) {
      bytes[length] = parseInt(hex, 16);
      position += 2;
    } else {
      bytes[length] = character === '+' ? 0x20 : text.charCodeAt(position);
    }
    length += 1;
  }
  return bytes.subarray(0, length);
}
