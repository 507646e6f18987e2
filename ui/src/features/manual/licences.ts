/** The licences of everything in the program, as `cargo xtask licences` wrote them; read when somebody looks. */

export interface Part {
  name: string;
  version: string;
  kind: 'crate' | 'package' | 'data';
  licence: string;
  /** Places in `texts`. */
  texts: number[];
}

export interface Licences {
  parts: Part[];
  texts: string[];
}

/** Puts the texts together: paragraphs that many of them share are kept once. */
export const licences = async (): Promise<Licences> => {
  const { parts, paragraphs, texts } = (await import('../../../../assets/licences.json')).default;
  return {
    parts: parts as Part[],
    texts: texts.map((places) => places.map((at) => paragraphs[at]).join('\n\n'))
  };
};
