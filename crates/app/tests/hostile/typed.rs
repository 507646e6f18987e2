//! Requests made from the wire's types as the window knows them, so that a new command is asked as every other.

use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

/// A type of the window's side.
#[derive(Debug, Clone, PartialEq)]
pub enum Ty {
    Text,
    Number,
    Bool,
    Null,
    Word(String),
    List(Box<Ty>),
    Tuple(Vec<Ty>),
    Fields(Vec<(String, Ty)>),
    Map(Box<Ty>),
    Either(Vec<Ty>),
    Named(String),
}

/// The declared types, by name.
pub struct Types(BTreeMap<String, Ty>);

/// Reads `bindings.ts` as it is generated.
pub struct Reader<'a> {
    words: Vec<&'a str>,
    at: usize,
}

/// Words and signs of a text without its comments; a quoted word keeps its quotes.
fn words(text: &str) -> Vec<&str> {
    let mut out = Vec::new();
    let mut rest = text.trim_start();
    while let Some(first) = rest.chars().next() {
        let len = if let Some(comment) = rest.strip_prefix("/*") {
            rest = comment.split_once("*/").map_or("", |(_, after)| after).trim_start();
            continue;
        } else if first == '"' {
            rest.char_indices().skip(1).find(|(_, c)| *c == '"').map_or(rest.len(), |(i, _)| i + 1)
        } else if first.is_alphanumeric() || first == '_' {
            rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len())
        } else {
            first.len_utf8()
        };
        let (word, after) = rest.split_at(len);
        out.push(word);
        rest = after.trim_start();
    }
    out
}

impl<'a> Reader<'a> {
    pub fn new(text: &'a str) -> Self {
        Self { words: words(text), at: 0 }
    }

    fn peek(&self) -> &'a str {
        self.words.get(self.at).copied().unwrap_or_default()
    }

    fn next(&mut self) -> &'a str {
        let word = self.peek();
        self.at += 1;
        word
    }

    fn take(&mut self, word: &str) -> bool {
        let there = self.peek() == word;
        self.at += usize::from(there);
        there
    }

    fn expect(&mut self, word: &str) {
        assert!(self.take(word), "{word} was expected before {:?}", self.words.get(self.at..self.at + 5));
    }

    /// A type; `a | b` binds weakest.
    pub fn ty(&mut self) -> Ty {
        self.take("|");
        let mut all = vec![self.one()];
        while self.take("|") {
            all.push(self.one());
        }
        if all.len() == 1 { all.remove(0) } else { Ty::Either(all) }
    }

    fn one(&mut self) -> Ty {
        match self.next() {
            "string" => Ty::Text,
            "number" => Ty::Number,
            "boolean" => Ty::Bool,
            "null" => Ty::Null,
            "Array" => {
                self.expect("<");
                let item = self.ty();
                self.expect(">");
                Ty::List(Box::new(item))
            }
            "[" => {
                let mut all = Vec::new();
                while !self.take("]") {
                    all.push(self.ty());
                    self.take(",");
                }
                Ty::Tuple(all)
            }
            "{" => self.fields(),
            word if word.starts_with('"') => Ty::Word(word.trim_matches('"').to_owned()),
            word => Ty::Named(word.to_owned()),
        }
    }

    fn fields(&mut self) -> Ty {
        if self.take("[") {
            while !self.take(":") {
                self.next();
            }
            let value = self.ty();
            self.expect("}");
            return Ty::Map(Box::new(value));
        }
        let mut all = Vec::new();
        while !self.take("}") {
            let name = self.next().trim_matches('"').to_owned();
            self.take("?");
            self.expect(":");
            all.push((name, self.ty()));
            if !self.take(",") {
                self.take(";");
            }
        }
        Ty::Fields(all)
    }
}

impl Types {
    /// Every `export type` of the bindings.
    pub fn of(bindings: &str) -> Self {
        let mut all = BTreeMap::new();
        for declaration in bindings.split("export type ").skip(1) {
            let declaration = declaration.split("export interface").next().unwrap_or_default();
            let (name, body) = declaration.split_once('=').expect("a declaration");
            all.insert(name.trim().to_owned(), Reader::new(body).ty());
        }
        Self(all)
    }

    /// A value of a type; `leaf` gives texts (by the name of their field) and numbers, `pick` the branch of a choice and the
    /// length of a list.
    pub fn value(&self, ty: &Ty, name: &str, pick: &mut dyn FnMut(usize) -> usize, leaf: &mut Leaf) -> Value {
        match ty {
            Ty::Text => json!((leaf.text)(name)),
            Ty::Number => (leaf.number)(),
            Ty::Bool => json!(pick(2) == 0),
            Ty::Null => Value::Null,
            Ty::Word(word) => json!(word),
            Ty::List(item) => (0..pick(4)).map(|_| self.value(item, name, pick, leaf)).collect(),
            Ty::Tuple(items) => items.iter().map(|item| self.value(item, name, pick, leaf)).collect(),
            Ty::Map(item) => {
                let keys: Vec<String> = (0..pick(3)).map(|_| (leaf.text)("key")).collect();
                keys.into_iter()
                    .map(|key| (key, self.value(item, name, pick, leaf)))
                    .collect::<Map<_, _>>()
                    .into()
            }
            Ty::Fields(fields) => {
                let filled = fields.iter().map(|(key, ty)| (key.clone(), self.value(ty, key, pick, leaf)));
                filled.collect::<Map<_, _>>().into()
            }
            Ty::Either(all) => self.value(&all[pick(all.len())], name, pick, leaf),
            Ty::Named(other) => {
                let ty = self.0.get(other).unwrap_or_else(|| panic!("{other} is not declared"));
                self.value(ty, name, pick, leaf)
            }
        }
    }
}

/// Where texts and numbers come from.
pub struct Leaf<'a> {
    pub text: &'a mut dyn FnMut(&str) -> String,
    pub number: &'a mut dyn FnMut() -> Value,
}
