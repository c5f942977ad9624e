//! Public async functions say what happens to them when they are dropped half way.

use super::source::Source;
use super::{Finding, Tree};

const SECTION: &str = "# Cancel safety";

pub(super) fn check(tree: &Tree<'_>) -> Vec<Finding> {
    let crates = tree.sources.iter().filter(|source| source.path.starts_with("crates/"));
    crates.filter(|source| source.path.contains("/src/")).flat_map(of_file).collect()
}

fn of_file(source: &Source) -> Vec<Finding> {
    let mut findings = Vec::new();
    for function in source.functions.iter().filter(|f| f.is_public && f.returns_future) {
        let has_section = function.docs.lines().any(|line| line == SECTION);
        if !has_section && !source.is_test_line(function.line) {
            let what = format!("the docs of `{}` lack the section `{SECTION}`", function.name);
            findings.push(Finding::new(&source.path, function.line, what));
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::of_file;
    use crate::tidy::source::made_up;

    fn lines(text: &str) -> Vec<usize> {
        of_file(&made_up("crates/c/src/a.rs", text)).iter().map(|finding| finding.line).collect()
    }

    #[test]
    fn what_returns_a_future_documents_cancel_safety() {
        assert_eq!(
            lines("/// A\n///\n/// # Cancel safety\n///\n/// Yes.\npub async fn f() {}"),
            []
        );
        assert_eq!(lines("/// A\npub async fn f() {}"), [2]);
        assert_eq!(
            lines("pub fn f() -> impl Send + std::future::Future<Output = ()> { g() }"),
            [1]
        );
        assert_eq!(lines("struct A;\nimpl A {\n    pub async fn f() {}\n}"), [3]);
        assert_eq!(lines("pub trait A {\n    async fn f();\n}"), [2]);
    }

    #[test]
    fn private_functions_and_tests_need_not() {
        assert_eq!(
            lines("async fn f() {}\npub(crate) async fn g() {}\ntrait A { async fn f(); }"),
            []
        );
        assert_eq!(lines("#[cfg(test)]\nmod tests {\n    pub async fn f() {}\n}"), []);
    }
}
