/** Full-text search over the items: each item's words are folded once, when its line comes in. */
import type { ChecklistView, ItemLineView } from '../../backend';
import { fold, foldedWords } from '../../shared/fold';

export class SearchIndex {
  /** What surrounds an item and does not change: chapter and topics. */
  readonly #around = new Map<string, string>();
  readonly #folded = new WeakMap<ItemLineView, string>();

  constructor(view: ChecklistView) {
    const topics = new Map(view.topics.map((topic) => [topic.code, topic.title]));
    for (const document of view.documents)
      for (const chapter of document.chapters)
        for (const line of chapter.items) {
          const titles = line.topics.map((code) => topics.get(code) ?? '');
          this.#around.set(line.clause, fold([chapter.title, ...titles].join('\n')));
          this.#heap(line);
        }
  }

  #heap(line: ItemLineView): string {
    const known = this.#folded.get(line);
    if (known !== undefined) return known;
    const { clause, label, text, notes, awaited, by } = line;
    const own = [clause, label, text, notes, awaited ?? '', ...by].map(fold);
    const heap = [...own, this.#around.get(clause) ?? ''].join('\n');
    this.#folded.set(line, heap);
    return heap;
  }

  /** A test for lines: whether every word of the query occurs. */
  finder(query: string): (line: ItemLineView) => boolean {
    const words = foldedWords(query);
    if (!words.length) return () => true;
    return (line) => {
      const heap = this.#heap(line);
      return words.every((word) => heap.includes(word));
    };
  }
}
