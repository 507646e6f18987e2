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

export const licences = async (): Promise<Licences> =>
  (await import('../../../../assets/licences.json')).default as Licences;
