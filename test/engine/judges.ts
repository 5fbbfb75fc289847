import { Answer, ask, Judge, Request } from './program';
import { JUDGES, Verdict } from './verdicts';

/** Asks all judges of each request. */
export function judgeAll(requests: readonly Request[]): Verdict[][] {
  const verdicts: Verdict[][] = requests.map(() => []);
  const judges = new Map(Object.values(JUDGES).flat().map((judge) => [judgeName(judge), judge]));
  const answers = new Map([...judges].map(([name, judge]) => {
    const own = requests.filter(({ kind }) => JUDGES[kind].some((each) => judgeName(each) === name));
    return [name, new Map(ask(judge, own).map((answer, index) => [own[index], answer]))] as const;
  }));
  requests.forEach((request, index) => {
    for (const judge of JUDGES[request.kind]) {
      verdicts[index].push(verdictOf(answers.get(judgeName(judge))?.get(request)));
    }
  });
  return verdicts;
}

export function judgeName({ program, mode }: Judge): string {
  return `${program} ${mode}`;
}

function verdictOf(answer: Answer | undefined): Verdict {
  if (answer === undefined) {
    throw new Error('a judge was not asked');
  }
  return answer.failures ?? (answer.error === undefined ? '+' : '-');
}
