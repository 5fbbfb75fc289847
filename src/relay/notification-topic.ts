import { Stack } from 'aws-cdk-lib';
import * as aps from 'aws-cdk-lib/aws-aps';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as sns from 'aws-cdk-lib/aws-sns';
import { Construct, IDependable } from 'constructs';
import { allowUseOfKey } from './allow-use-of-key';
import { anyWorkspacePrincipal, workspacePrincipal } from '../amp/workspace-arn';
import { warn } from '../findings/annotate';

export interface NotificationTopicProps {
  readonly workspace: aps.CfnWorkspace;
  /** The user's own. */
  readonly topic?: sns.ITopic;
  /** For the topic, if it is created. */
  readonly encryptionKey?: kms.IKey;
}

/** The topic that AMP publishes its notifications to: created, or the user's own; and AMP's permission to do so. */
export class NotificationTopic extends Construct {
  public readonly topic: sns.ITopic;
  /** What has to be there before AMP can publish. */
  public readonly ready: IDependable[] = [];

  constructor(scope: Construct, id: string, props: NotificationTopicProps) {
    super(scope, id);

    this.topic = props.topic ?? new sns.Topic(this, 'Resource', {
      masterKey: props.encryptionKey,
      enforceSSL: true,
    });
    this.allowPublishing(props.workspace);
    this.allowEncryption();
  }

  private allowPublishing(workspace: aps.CfnWorkspace): void {
    // A topic of another stack cannot name the workspace, because the workspace already names the topic.
    const sameStack = Stack.of(this.topic) === Stack.of(workspace);
    const result = this.topic.addToResourcePolicy(new iam.PolicyStatement({
      sid: 'AllowPublishingByAmp',
      principals: [sameStack ? workspacePrincipal(workspace) : anyWorkspacePrincipal(this)],
      actions: ['sns:Publish', 'sns:GetTopicAttributes'],
      resources: [this.topic.topicArn],
    }));
    if (result.policyDependable) {
      this.ready.push(result.policyDependable);
    }
    if (!result.statementAdded) {
      warn(this, {
        code: 'topic-policy-unchanged',
        message: `the policy of the topic ${this.topic.node.path} cannot be changed from here, because the topic is imported`,
        fix: 'let aps.amazonaws.com call sns:Publish and sns:GetTopicAttributes on it, with aws:SourceArn of the workspace and aws:SourceAccount of the account, or AMP cannot page',
        path: 'delivery.topic',
      });
    }
  }

  private allowEncryption(): void {
    const key = this.topic.masterKey;
    if (key !== undefined) {
      allowUseOfKey(this, key, anyWorkspacePrincipal(this));
    }
  }
}
