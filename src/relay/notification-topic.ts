import { Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as sns from 'aws-cdk-lib/aws-sns';
import { Construct, IConstruct, IDependable } from 'constructs';
import { acceptLargeMessages } from './topic-message-size';
import type { IAlertingWorkspace } from '../amp/workspace';
import { anyWorkspacePrincipal, workspacePrincipal } from '../amp/workspace-principal';
import { warn } from '../findings/annotate';

export interface NotificationTopicProps {
  readonly workspace: IAlertingWorkspace;
  /** An existing topic. If undefined, a topic is created. */
  readonly topic?: sns.ITopic;
  /** Encrypts the topic, if the construct creates it. */
  readonly encryptionKey?: kms.IKey;
}

/** The topic that AMP publishes notifications to, and AMP's permission to publish. */
export class NotificationTopic extends Construct {
  public readonly topic: sns.ITopic;
  /** The policy that lets AMP publish. `undefined` if the topic is imported. */
  public readonly policy?: IConstruct;

  constructor(scope: Construct, id: string, props: NotificationTopicProps) {
    super(scope, id);

    this.topic = props.topic ?? this.createTopic(props.encryptionKey);
    this.policy = this.grantPublish(props.workspace);
  }

  /**
   * Makes AMP wait for the subscribers. Until the policy exists, a publish is denied and Alertmanager repeats it at the next
   * `group_interval`. A publish to a topic without subscribers would succeed, and the notification would be gone.
   */
  public grantPublishAfter(...subscribers: IDependable[]): void {
    // The policy of a topic in another stack cannot wait for this stack, which already depends on the topic.
    if (this.policy !== undefined && Stack.of(this.policy) === Stack.of(this)) {
      this.policy.node.addDependency(...subscribers);
    }
  }

  private createTopic(masterKey: kms.IKey | undefined): sns.Topic {
    // A subscription of a Lambda function has the id of the topic, in the scope of the function: `Resource` would be taken there.
    const topic = new sns.Topic(this, 'Notifications', { masterKey, enforceSSL: true });
    acceptLargeMessages(this, topic);
    return topic;
  }

  private grantPublish(workspace: IAlertingWorkspace): IConstruct | undefined {
    // The policy of a topic in another stack cannot name the workspace, because the workspace already names the topic.
    const sameStack = Stack.of(this.topic) === Stack.of(this);
    const result = this.topic.addToResourcePolicy(new iam.PolicyStatement({
      sid: 'AllowPublishingByAmp',
      principals: [sameStack ? workspacePrincipal(this, workspace) : anyWorkspacePrincipal(this)],
      actions: ['sns:Publish', 'sns:GetTopicAttributes'],
      resources: [this.topic.topicArn],
    }));
    if (!result.statementAdded) {
      warn(this, {
        code: 'topic-policy-unchanged',
        message: `the policy of the topic ${this.topic.node.path} cannot be changed from here, because the topic is imported`,
        fix: 'let aps.amazonaws.com call sns:Publish and sns:GetTopicAttributes on it, with aws:SourceArn of the workspace and aws:SourceAccount of the account, or AMP cannot page',
        path: 'delivery.topic',
        subject: 'delivery.topic',
      });
    }
    return Construct.isConstruct(result.policyDependable) ? result.policyDependable : undefined;
  }
}
