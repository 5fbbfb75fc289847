import { execFileSync, spawnSync } from 'child_process';
import { mkdtempSync, readFileSync, rmSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import type { Resource } from './synthesized';

const REPOSITORY = join(__dirname, '..', '..');

function resourcesOf(example: string, stack: string, env: NodeJS.ProcessEnv = {}): Resource[] {
  const folder = mkdtempSync(join(tmpdir(), 'adopting-'));
  try {
    execFileSync(process.execPath, ['-r', './tools/typescript.cjs', join('examples', example, 'app.ts')], {
      cwd: REPOSITORY, env: { ...process.env, ...env, CDK_OUTDIR: folder }, stdio: 'pipe',
    });
    const { Resources: resources } = JSON.parse(readFileSync(join(folder, `${stack}.template.json`), 'utf8')) as { Resources: Record<string, Resource> };
    return Object.values(resources);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

test('cdk import has the workspace alone, as it is; the second deployment changes nothing about it but the definition', () => {
  const [imported, ...others] = resourcesOf('adopt-import', 'AdoptImportAlerting', { STEP: '1' });
  expect(others.filter(({ Type }) => Type !== 'AWS::CDK::Metadata')).toEqual([]);
  expect(imported).toMatchObject({ Type: 'AWS::APS::Workspace', DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' });

  const deployed = resourcesOf('adopt-import', 'AdoptImportAlerting').find(({ Type }) => Type === 'AWS::APS::Workspace');
  const { AlertManagerDefinition: before, ...kept } = imported.Properties ?? {};
  expect(deployed?.Properties).toEqual({ ...kept, AlertManagerDefinition: expect.not.stringMatching(String(before)) as unknown });
});

test('the user data of the Prometheus server is a shell script without errors of syntax', () => {
  const instance = resourcesOf('ec2-prometheus', 'Ec2PrometheusAlerting').find(({ Type }) => Type === 'AWS::EC2::Instance');
  const { 'Fn::Base64': { 'Fn::Join': [, parts] } } = instance?.Properties?.UserData as { 'Fn::Base64': { 'Fn::Join': [string, unknown[]] } };
  const script = parts.map((part) => (typeof part === 'string' ? part : 'VALUE')).join('');
  expect(script).toContain('sigv4:');
  expect(script).toContain('/opt/aws/bin/cfn-signal');
  const { status, stderr } = spawnSync('bash', ['-n'], { input: script, encoding: 'utf8' });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
});
