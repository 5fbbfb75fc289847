import type { Faults } from '../faults';
import type { HeldRequest } from '../functions/function-server';
import type { Treatment } from '../functions/reply';
import { numberIn } from '../path/publications';
import type { Random } from '../random';
import type { Simulation } from '../time/simulation';

/** A notification that the webhook accepted. */
export interface WebhookCall {
  readonly at: number;
  /** The number of its publication. */
  readonly number: number;
}

/** A server that gets Alertmanager's JSON. */
export class WebhookService {
  public readonly calls: WebhookCall[] = [];
  /** Whether it hangs. */
  public isSilent = false;

  constructor(private readonly simulation: Simulation, private readonly random: Random, private readonly faults: Faults) {}

  public treat(held: HeldRequest): Treatment {
    const latencyMs = this.random.integer(20, 180);
    if (this.isSilent) {
      return { latencyMs, reply: { kind: 'silence' } };
    }
    const fault = this.faults.oneOf(['webhook answers 503', 'webhook has the notification and the answer is lost']);
    if (fault === 'webhook answers 503') {
      return { latencyMs, reply: { kind: 'http', status: 503, body: 'Service Unavailable' } };
    }
    const { commonAnnotations } = JSON.parse(held.body) as { readonly commonAnnotations: { readonly summary: string } };
    return {
      latencyMs,
      act: () => {
        this.calls.push({ at: this.simulation.now, number: numberIn(commonAnnotations.summary) });
        return fault === undefined ? { kind: 'http', status: 200 } : { kind: 'reset' };
      },
    };
  }
}
