//! The language of conditions: `is_fcm & (inet | website) & !swift`, `foreign = "branch"`,
//! `grade in ["1", "2"]`, `channels has "internet"`.
//!
//! `!` binds tighter than `&`, `&` tighter than `|`. `=`, `in` and `has` all ask whether the fact's value, or one
//! of a list fact's values, is among those given.

use fieldbook_model::Predicate;
use std::fmt::Write as _;

/// Why a condition cannot be parsed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PredicateError {
    /// Something else was expected here.
    #[error("expected {expected} at character {at}")]
    Expected {
        /// What was expected.
        expected: &'static str,
        /// Character from 1.
        at: usize,
    },
    /// A quoted value does not end.
    #[error("the quoted value at character {at} does not end")]
    Unterminated {
        /// Character from 1.
        at: usize,
    },
    /// Parentheses or negations nested too deeply.
    #[error("nested more than {MAX_DEPTH} deep")]
    TooDeep,
}

const MAX_DEPTH: usize = 32;

/// Parses a condition.
///
/// # Errors
/// When the text is not exactly one condition.
pub fn parse_predicate(text: &str) -> Result<Predicate, PredicateError> {
    let tokens = tokens(text)?;
    let mut parser = Parser { tokens, next: 0, end: text.chars().count() + 1 };
    let predicate = parser.any(0)?;
    match parser.tokens.get(parser.next) {
        None => Ok(predicate),
        Some((at, _)) => Err(PredicateError::Expected { expected: "`&`, `|` or the end", at: *at }),
    }
}

/// The condition in its canonical spelling; parsing it gives the same condition back.
#[must_use]
pub fn predicate_text(predicate: &Predicate) -> String {
    let mut out = String::new();
    write_predicate(&mut out, predicate, false);
    out
}

/// Codes of all facts that a condition names, each with the values it is compared with.
pub(crate) fn facts_named(predicate: &Predicate) -> Vec<(&str, &[String])> {
    match predicate {
        Predicate::Fact(code) => vec![(code, &[])],
        Predicate::OneOf(code, values) => vec![(code, values)],
        Predicate::Not(inner) => facts_named(inner),
        Predicate::All(parts) | Predicate::Any(parts) => parts.iter().flat_map(facts_named).collect(),
    }
}

fn write_predicate(out: &mut String, predicate: &Predicate, nested: bool) {
    match predicate {
        Predicate::Fact(code) => out.push_str(code),
        Predicate::OneOf(code, values) => {
            let quoted: Vec<String> = values.iter().map(|v| format!("\"{v}\"")).collect();
            // Writing to a string cannot fail.
            let _ = write!(out, "{code} in [{}]", quoted.join(", "));
        }
        Predicate::Not(inner) => {
            out.push('!');
            write_predicate(out, inner, true);
        }
        Predicate::All(parts) => write_joined(out, parts, " & ", nested),
        Predicate::Any(parts) => write_joined(out, parts, " | ", nested),
    }
}

fn write_joined(out: &mut String, parts: &[Predicate], operator: &str, nested: bool) {
    if nested {
        out.push('(');
    }
    for (i, part) in parts.iter().enumerate() {
        if i > 0 {
            out.push_str(operator);
        }
        write_predicate(out, part, true);
    }
    if nested {
        out.push(')');
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Token {
    Word(String),
    Text(String),
    Sign(char),
}

/// Tokens, each with the character it starts at, from 1.
fn tokens(text: &str) -> Result<Vec<(usize, Token)>, PredicateError> {
    let mut out = Vec::new();
    let mut chars = text.chars().enumerate().map(|(i, c)| (i + 1, c)).peekable();
    while let Some((at, c)) = chars.next() {
        match c {
            c if c.is_whitespace() => {}
            '&' | '|' | '!' | '(' | ')' | '[' | ']' | ',' | '=' => out.push((at, Token::Sign(c))),
            '"' => {
                let mut value = String::new();
                loop {
                    match chars.next() {
                        Some((_, '"')) => break,
                        Some((_, c)) => value.push(c),
                        None => return Err(PredicateError::Unterminated { at }),
                    }
                }
                out.push((at, Token::Text(value)));
            }
            c if c.is_ascii_lowercase() => {
                let mut word = String::from(c);
                while let Some((_, c)) =
                    chars.next_if(|(_, c)| c.is_ascii_lowercase() || c.is_ascii_digit() || *c == '_')
                {
                    word.push(c);
                }
                out.push((at, Token::Word(word)));
            }
            _ => {
                return Err(PredicateError::Expected {
                    expected: "a fact, `!`, `&`, `|` or a parenthesis",
                    at,
                });
            }
        }
    }
    Ok(out)
}

struct Parser {
    tokens: Vec<(usize, Token)>,
    next: usize,
    end: usize,
}

impl Parser {
    fn any(&mut self, depth: usize) -> Result<Predicate, PredicateError> {
        let mut parts = vec![self.all(depth)?];
        while self.take_sign('|') {
            parts.push(self.all(depth)?);
        }
        Ok(one_or(parts, Predicate::Any))
    }

    fn all(&mut self, depth: usize) -> Result<Predicate, PredicateError> {
        let mut parts = vec![self.unary(depth)?];
        while self.take_sign('&') {
            parts.push(self.unary(depth)?);
        }
        Ok(one_or(parts, Predicate::All))
    }

    fn unary(&mut self, depth: usize) -> Result<Predicate, PredicateError> {
        if depth > MAX_DEPTH {
            return Err(PredicateError::TooDeep);
        }
        if self.take_sign('!') {
            return Ok(Predicate::Not(Box::new(self.unary(depth + 1)?)));
        }
        if self.take_sign('(') {
            let inner = self.any(depth + 1)?;
            return if self.take_sign(')') { Ok(inner) } else { Err(self.expected("`)`")) };
        }
        let Some(Token::Word(code)) = self.peek().cloned() else { return Err(self.expected("a fact")) };
        if code == "in" || code == "has" {
            return Err(self.expected("a fact"));
        }
        self.next += 1;
        let compares = match self.peek() {
            Some(Token::Sign('=')) => true,
            Some(Token::Word(word)) => word == "in" || word == "has",
            _ => false,
        };
        if !compares {
            return Ok(Predicate::Fact(code));
        }
        self.next += 1;
        Ok(Predicate::OneOf(code, self.values()?))
    }

    fn values(&mut self) -> Result<Vec<String>, PredicateError> {
        if !self.take_sign('[') {
            return Ok(vec![self.value()?]);
        }
        let mut values = vec![self.value()?];
        while self.take_sign(',') {
            values.push(self.value()?);
        }
        if self.take_sign(']') { Ok(values) } else { Err(self.expected("`,` or `]`")) }
    }

    fn value(&mut self) -> Result<String, PredicateError> {
        let Some(Token::Text(value)) = self.peek().cloned() else {
            return Err(self.expected("a quoted value"));
        };
        self.next += 1;
        Ok(value)
    }

    fn peek(&self) -> Option<&Token> {
        self.tokens.get(self.next).map(|(_, token)| token)
    }

    fn take_sign(&mut self, sign: char) -> bool {
        let found = self.peek() == Some(&Token::Sign(sign));
        self.next += usize::from(found);
        found
    }

    fn expected(&self, expected: &'static str) -> PredicateError {
        let at = self.tokens.get(self.next).map_or(self.end, |(at, _)| *at);
        PredicateError::Expected { expected, at }
    }
}

fn one_or(mut parts: Vec<Predicate>, many: fn(Vec<Predicate>) -> Predicate) -> Predicate {
    if parts.len() == 1 { parts.remove(0) } else { many(parts) }
}
