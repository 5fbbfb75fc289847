import { Fn } from 'aws-cdk-lib';
import type { IAlertingWorkspace } from '../amp/workspace';

/** The URLs and the Region of a workspace, for the files of writers and readers. Each can be a token. */
export interface WorkspaceAddress {
  readonly region: string;
  /** Ends in `/api/v1/remote_write`. */
  readonly remoteWriteUrl: string;
  /** Without `/api/v1/`, as Grafana wants it. */
  readonly workspaceUrl: string;
}

/** What the endpoint of every workspace ends in. */
const API_PATH = '/api/v1/';

/** @param region the Region of the stack: a workspace is always in the Region of its stack. */
export function addressOf({ prometheusEndpoint }: IAlertingWorkspace, region: string): WorkspaceAddress {
  return {
    region,
    remoteWriteUrl: `${prometheusEndpoint}remote_write`,
    workspaceUrl: prometheusEndpoint.endsWith(API_PATH)
      ? prometheusEndpoint.slice(0, -API_PATH.length)
      : Fn.select(0, Fn.split(API_PATH, prometheusEndpoint)),
  };
}
