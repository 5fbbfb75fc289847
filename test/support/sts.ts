/** What AWS STS returns for a role, in XML. @see https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html */
export function assumeRoleResponse({ key, secret, token }: { readonly key: string; readonly secret: string; readonly token: string }): string {
  return `<AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleResult><Credentials><AccessKeyId>${key}</AccessKeyId>`
    + `<SecretAccessKey>${secret}</SecretAccessKey><SessionToken>${token}</SessionToken><Expiration>2100-01-01T00:00:00Z</Expiration></Credentials>`
    + '</AssumeRoleResult></AssumeRoleResponse>';
}
