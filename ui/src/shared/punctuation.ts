/** The signs between words, which the two languages do not share. What others wrote keeps its own. */
import { locale } from '../i18n';

const chinese = (): boolean => locale.current === 'zh-TW';

/** Between the members of a list: `甲、乙` or `A, B`. */
export const comma = (): string => (chinese() ? '、' : ', ');
/** Between parts of a line: `甲；乙` or `A; B`. */
export const semicolon = (): string => (chinese() ? '；' : '; ');
/** After what names the rest: `甲：乙` or `A: B`. */
export const colon = (): string => (chinese() ? '：' : ': ');
/** What is said by the way: `甲（乙）` or `A (B)`. */
export const aside = (text: string | number): string => (chinese() ? `（${text}）` : ` (${text})`);
/** What somebody else wrote: `「甲」` or `“A”`. */
export const quoted = (text: string): string => (chinese() ? `「${text}」` : `“${text}”`);
/** The name of a sheet of a file: `〈甲〉` or ` ‹A›`. */
export const ofSheet = (text: string): string => (chinese() ? `〈${text}〉` : ` ‹${text}›`);
