/** What a reviewer signed is read-only. */
import { call } from '../../backend';

/** Whether a reviewer signed one of these papers, or the exam as a whole: whoever would write them is refused then. */
export async function isSigned(...papers: string[]): Promise<boolean> {
  const { exam, papers: all } = await call('review', null);
  return [exam, ...all.filter(({ paper }) => papers.includes(paper))].some(
    ({ reviewed }) => reviewed !== null
  );
}
