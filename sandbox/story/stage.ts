import type { StoryKind, Witness } from './witness';
import { NodeExporter } from '../monitoring/node-exporter';
import type { Prometheus } from '../monitoring/prometheus';
import type { PipelineOptions } from '../pipeline/options';
import { Pipeline } from '../pipeline/pipeline';

export interface StageOptions extends PipelineOptions {
  /** The job as which Prometheus scrapes the node exporter. */
  readonly job: string;
  /** A story with a receiver besides PagerDuty. */
  readonly story?: StoryKind;
}

/** What the story needs: the pipeline, a node exporter, and a Prometheus that watches it with the rules of the assembly. */
export class Stage {
  public static async set(options: StageOptions): Promise<Stage> {
    // The page can stop and start the exporter, but is there before it.
    let exporter: NodeExporter | undefined;
    const pipeline = await Pipeline.start({
      ...options,
      actions: [
        { id: 'stop', label: 'stop', run: async () => exporter?.stop() },
        { id: 'start', label: 'start', run: async () => exporter?.start() },
      ],
    });
    try {
      const witness = await options.story?.open(pipeline);
      exporter = await NodeExporter.create(pipeline.processes);
      await exporter.start();
      return new Stage(pipeline, exporter, await pipeline.startPrometheus(options.job, [exporter.address]), options.job, witness);
    } catch (error) {
      await pipeline.close();
      throw error;
    }
  }

  private constructor(
    public readonly pipeline: Pipeline,
    public readonly exporter: NodeExporter,
    public readonly prometheus: Prometheus,
    public readonly job: string,
    /** The receiver besides PagerDuty that the story waits for, if there is one. */
    public readonly witness?: Witness,
  ) {}

  public async close(): Promise<void> {
    await this.pipeline.close();
  }
}
