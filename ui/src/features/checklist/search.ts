/** Full-text search over the items: each item's words are folded once, when they are first searched. */
import type { ChecklistView, ItemLineView } from '../../backend';
import { fold, foldedWords } from '../../shared/fold';

export class SearchIndex {
  readonly #view: ChecklistView;
  /** What surrounds an item and does not change: chapter and topics. */
  #around: Map<string, string> | null = null;
  readonly #folded = new WeakMap<ItemLineView, string>();

  constructor(view: ChecklistView) {
    this.#view = view;
  }

  #surroundings(): Map<string, string> {
    const topics = new Map(this.#view.topics.map((topic) => [topic.code, topic.title]));
    const around = new Map<string, string>();
    for (const document of this.#view.documents)
      for (const chapter of document.chapters)
        for (const line of chapter.items) {
          const titles = line.topics.map((code) => topics.get(code) ?? '');
          around.set(line.clause, fold([chapter.title, ...titles].join('\n')));
        }
    return around;
  }

  #heap(line: ItemLineView): string {
    const known = this.#folded.get(line);
    if (known !== undefined) return known;
    const { clause, label, text, notes, awaited, by } = line;
    const own = [clause, label, text, notes, awaited ?? '', ...by].map(fold);
    this.#around ??= this.#surroundings();
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
