/** The account that the emulator of SNS and SQS knows. */
export const ACCOUNT_ID = '000000000000';

/** Placeholder credentials: nothing here verifies them, but the clients need them to sign requests. */
export const CREDENTIALS = { accessKeyId: 'sandbox', secretAccessKey: 'sandbox' } as const;

/** The same, as the variables that AWS clients read. */
export const CREDENTIAL_VARIABLES = {
  AWS_ACCESS_KEY_ID: CREDENTIALS.accessKeyId,
  AWS_SECRET_ACCESS_KEY: CREDENTIALS.secretAccessKey,
} as const;
