//! One Rust file as the checks see it: text, tokens with their lines, functions, test regions.
//!
//! Rules are held on tokens and syntax, so a word in a comment or a string is never a finding.

use std::ops::RangeInclusive;

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use syn::spanned::Spanned;
use syn::visit::{self, Visit};
use syn::{Attribute, Block, Signature, Visibility};

use crate::Result;

type Lines = RangeInclusive<usize>;

/// A parsed file.
#[derive(Debug)]
pub(crate) struct Source {
    pub(crate) path: String,
    pub(crate) text: String,
    /// Every token in order, brackets included, with the line it starts on.
    tokens: Vec<(String, usize)>,
    pub(crate) functions: Vec<Function>,
    /// Bodies of `loop` and `while`.
    loops: Vec<Lines>,
    /// Inline modules under `#[cfg(test)]`.
    test_regions: Vec<Lines>,
    /// Whether the whole file is test code: it lies below `tests/` or `scenarios/`, or is a
    /// `tests.rs`.
    is_test: bool,
}

/// A function, with or without a body.
#[derive(Debug)]
pub(crate) struct Function {
    pub(crate) name: String,
    /// From the first attribute or line of docs to the end.
    pub(crate) lines: Lines,
    /// The line of the signature.
    pub(crate) line: usize,
    /// How many lines are between the braces.
    pub(crate) body: usize,
    pub(crate) is_public: bool,
    /// Under `#[test]`.
    pub(crate) is_test: bool,
    /// `async`, or says `impl Future`.
    pub(crate) returns_future: bool,
    pub(crate) docs: String,
}

impl Source {
    /// Parses a file; what isn't Rust is an error that names the place.
    pub(crate) fn parse(path: String, text: String) -> Result<Source> {
        let fail = |error: syn::Error| {
            format!("{path}:{}: does not parse: {error}", error.span().start().line)
        };
        let file = syn::parse_file(&text).map_err(fail)?;
        let stream = syn::parse_str::<TokenStream>(&text).map_err(fail)?;
        let mut tokens = Vec::new();
        flatten(stream, &mut tokens);
        let mut source = Source {
            is_test: ["/tests/", "/scenarios/"].iter().any(|folder| path.contains(folder))
                || path.ends_with("/tests.rs"),
            path,
            text,
            tokens,
            functions: Vec::new(),
            loops: Vec::new(),
            test_regions: Vec::new(),
        };
        source.visit_file(&file);
        Ok(source)
    }

    /// The lines on which these tokens follow each other, such as `["dbg", "!"]`.
    pub(crate) fn find(&self, pattern: &[&str]) -> Vec<usize> {
        let hits = self.tokens.windows(pattern.len()).filter(|window| {
            window.iter().zip(pattern).all(|((token, _), expected)| token == expected)
        });
        hits.map(|window| window[0].1).collect()
    }

    /// Whether the line is test code.
    pub(crate) fn is_test_line(&self, line: usize) -> bool {
        self.is_test || self.test_regions.iter().any(|lines| lines.contains(&line))
    }

    /// Whether the line is inside a `loop` or a `while`.
    pub(crate) fn is_in_loop(&self, line: usize) -> bool {
        self.loops.iter().any(|lines| lines.contains(&line))
    }

    /// The names of the file and of the functions around the line.
    pub(crate) fn names_around(&self, line: usize) -> impl Iterator<Item = &str> {
        let functions = self.functions.iter().filter(move |f| f.lines.contains(&line));
        functions.map(|function| function.name.as_str()).chain(self.path.rsplit('/').next())
    }

    /// The `//!` lines at the head of the file.
    pub(crate) fn head(&self) -> impl Iterator<Item = &str> {
        self.text.lines().take_while(|line| line.starts_with("//!"))
    }

    /// The lines of the text with their numbers, from 1.
    pub(crate) fn lines(&self) -> impl Iterator<Item = (usize, &str)> {
        (1..).zip(self.text.lines())
    }

    fn add(
        &mut self,
        vis: &Visibility,
        attrs: &[Attribute],
        sig: &Signature,
        block: Option<&Block>,
    ) {
        let line = sig.span().start().line;
        let braces = block.map(|block| block.brace_token.span);
        let (open, close) = braces.map_or((line, line), |braces| {
            (braces.open().start().line, braces.close().start().line)
        });
        self.functions.push(Function {
            name: sig.ident.to_string(),
            lines: attrs.first().map_or(line, |first| first.span().start().line)..=close,
            line,
            body: (close - open).saturating_sub(1),
            is_public: matches!(vis, Visibility::Public(_)),
            is_test: attrs.iter().any(|attribute| attribute.path().is_ident("test")),
            returns_future: sig.asyncness.is_some() || is_impl_future(&sig.output),
            docs: attrs.iter().filter_map(doc_line).collect::<Vec<_>>().join("\n"),
        });
    }
}

impl<'ast> Visit<'ast> for Source {
    fn visit_item_fn(&mut self, item: &'ast syn::ItemFn) {
        self.add(&item.vis, &item.attrs, &item.sig, Some(&item.block));
        visit::visit_item_fn(self, item);
    }

    fn visit_impl_item_fn(&mut self, item: &'ast syn::ImplItemFn) {
        self.add(&item.vis, &item.attrs, &item.sig, Some(&item.block));
        visit::visit_impl_item_fn(self, item);
    }

    fn visit_item_trait(&mut self, item: &'ast syn::ItemTrait) {
        for member in &item.items {
            if let syn::TraitItem::Fn(function) = member {
                self.add(&item.vis, &function.attrs, &function.sig, function.default.as_ref());
            }
        }
        visit::visit_item_trait(self, item);
    }

    fn visit_item_mod(&mut self, item: &'ast syn::ItemMod) {
        if item.attrs.iter().any(is_cfg_test) {
            self.test_regions.push(lines(item));
        }
        visit::visit_item_mod(self, item);
    }

    fn visit_expr_loop(&mut self, item: &'ast syn::ExprLoop) {
        self.loops.push(lines(item));
        visit::visit_expr_loop(self, item);
    }

    fn visit_expr_while(&mut self, item: &'ast syn::ExprWhile) {
        self.loops.push(lines(item));
        visit::visit_expr_while(self, item);
    }
}

fn lines(item: &impl Spanned) -> Lines {
    item.span().start().line..=item.span().end().line
}

fn flatten(stream: TokenStream, tokens: &mut Vec<(String, usize)>) {
    for tree in stream {
        let line = tree.span().start().line;
        let TokenTree::Group(group) = tree else {
            tokens.push((tree.to_string(), line));
            continue;
        };
        let (open, close) = match group.delimiter() {
            Delimiter::Parenthesis => ("(", ")"),
            Delimiter::Brace => ("{", "}"),
            Delimiter::Bracket => ("[", "]"),
            Delimiter::None => ("", ""),
        };
        tokens.push((open.into(), line));
        flatten(group.stream(), tokens);
        tokens.push((close.into(), group.span_close().start().line));
    }
}

fn is_cfg_test(attribute: &Attribute) -> bool {
    let syn::Meta::List(list) = &attribute.meta else { return false };
    let condition = list.tokens.to_string();
    list.path.is_ident("cfg")
        && !condition.contains("not (test)")
        && condition.split(|c: char| !c.is_alphanumeric()).any(|word| word == "test")
}

fn is_impl_future(output: &syn::ReturnType) -> bool {
    let syn::ReturnType::Type(_, kind) = output else { return false };
    let syn::Type::ImplTrait(kind) = &**kind else { return false };
    kind.bounds.iter().any(|bound| match bound {
        syn::TypeParamBound::Trait(bound) => {
            bound.path.segments.last().is_some_and(|segment| segment.ident == "Future")
        }
        _ => false,
    })
}

fn doc_line(attribute: &Attribute) -> Option<String> {
    let syn::Meta::NameValue(pair) = &attribute.meta else { return None };
    let syn::Expr::Lit(syn::ExprLit { lit: syn::Lit::Str(text), .. }) = &pair.value else {
        return None;
    };
    pair.path.is_ident("doc").then(|| text.value().trim().to_owned())
}

/// A file made up by a test.
#[cfg(test)]
pub(crate) fn made_up(path: &str, text: &str) -> Source {
    Source::parse(path.to_owned(), text.to_owned()).expect("the text of the test parses")
}

#[cfg(test)]
mod tests {
    use super::made_up;

    #[test]
    fn words_in_comments_and_strings_are_no_tokens() {
        let source =
            made_up("a.rs", "// dbg!(1)\nconst A: &str = \"dbg!(2)\";\nfn f() { dbg!(3) }");
        assert_eq!(source.find(&["dbg", "!"]), [3]);
    }

    #[test]
    fn functions_know_their_lines_and_their_bodies() {
        let source = made_up("a.rs", "#[inline]\nfn f() {\n    1;\n    2;\n}\n\nfn g() {}\n");
        let found: Vec<_> = source.functions.iter().map(|f| (&*f.name, &f.lines, f.body)).collect();
        assert_eq!(found, [("f", &(1..=5), 2), ("g", &(7..=7), 0)]);
    }

    #[test]
    fn test_code_is_known_inline_and_by_path() {
        let text = "fn a() {}\n#[cfg(all(test, not(loom)))]\nmod tests {\n}\n";
        let source = made_up("c/src/lib.rs", text);
        assert!(source.is_test_line(3) && !source.is_test_line(1));
        assert!(made_up("c/src/lock/tests.rs", "").is_test_line(1));
        assert!(made_up("c/tests/it/main.rs", "").is_test_line(1));
    }
}
