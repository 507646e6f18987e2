/** The licences of everything in the program; asked for when somebody looks. */
import { call, type PartView } from '../../backend';

export interface Licences {
  parts: PartView[];
  texts: string[];
}

/** Puts the texts together: paragraphs that many of them share are kept once. */
export const licences = async (): Promise<Licences> => {
  const { parts, paragraphs, texts } = await call('licences', null);
  return { parts, texts: texts.map((places) => places.map((at) => paragraphs[at]).join('\n\n')) };
};
