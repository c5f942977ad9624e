//! How big things may get: what fits on few screens is read, what doesn't is skimmed.

use super::source::Source;
use super::{Finding, Tree};

const FILE_LINES: usize = 400;
const FUNCTION_LINES: usize = 70;
const COLUMNS: usize = 100;

/// Lines of code (neither blank nor comment) in the files whose path starts so, together.
const BUDGETS: &[(&str, usize)] = &[
    // The facade re-exports; logic in it would be logic nobody can use alone.
    ("crates/tulipa/src/lib.rs", 60),
    // The seam is what another loop must implement, so it must stay readable in one sitting.
    ("crates/tulipa-rt/src/", 650),
];

pub(super) fn check(tree: &Tree<'_>) -> Vec<Finding> {
    let mut findings: Vec<_> = tree.sources.iter().flat_map(of_file).collect();
    for (prefix, limit) in BUDGETS {
        findings.extend(of_budget(&tree.sources, prefix, *limit));
    }
    findings
}

fn of_file(source: &Source) -> Vec<Finding> {
    let mut findings = Vec::new();
    let lines = source.text.lines().count();
    if lines > FILE_LINES {
        let what = format!("{lines} lines, the limit is {FILE_LINES}: split the file by reason");
        findings.push(Finding::new(&source.path, 0, what));
    }
    for function in source.functions.iter().filter(|function| function.body > FUNCTION_LINES) {
        let (name, body) = (&function.name, function.body);
        let what = format!("`{name}` has {body} lines, the limit is {FUNCTION_LINES}");
        findings.push(Finding::new(&source.path, function.line, what));
    }
    for (number, line) in source.lines() {
        let columns = line.chars().count();
        if columns > COLUMNS {
            let what = format!("{columns} columns, the limit is {COLUMNS}");
            findings.push(Finding::new(&source.path, number, what));
        }
    }
    findings
}

fn of_budget(sources: &[Source], prefix: &str, limit: usize) -> Option<Finding> {
    let parts = sources.iter().filter(|source| source.path.starts_with(prefix));
    let lines: usize = parts.map(|source| code_lines(&source.text)).sum();
    let what = || format!("{lines} lines of code, the limit is {limit}");
    (lines > limit).then(|| Finding::new(prefix, 0, what()))
}

fn code_lines(text: &str) -> usize {
    let lines = text.lines().map(str::trim_start);
    lines.filter(|line| !line.is_empty() && !line.starts_with("//")).count()
}

#[cfg(test)]
mod tests {
    use super::{COLUMNS, FILE_LINES, FUNCTION_LINES, code_lines, of_budget, of_file};
    use crate::tidy::source::made_up;

    #[test]
    fn what_is_at_the_limits_passes() {
        let body = "    ;\n".repeat(FUNCTION_LINES);
        let rest =
            format!("//{}\n", "-".repeat(COLUMNS - 2)).repeat(FILE_LINES - FUNCTION_LINES - 2);
        let source = made_up("a.rs", &format!("fn f() {{\n{body}}}\n{rest}"));
        assert_eq!(of_file(&source), []);
    }

    #[test]
    fn what_is_over_a_limit_is_found_where_it_starts() {
        let text = "\n".repeat(FILE_LINES);
        assert_eq!(of_file(&made_up("a.rs", &(text + "\n"))).len(), 1);
        let body = "    ;\n".repeat(FUNCTION_LINES + 1);
        let found =
            of_file(&made_up("a.rs", &format!("struct A;\nimpl A {{ fn f() {{\n{body}}} }}")));
        assert_eq!(found.iter().map(|f| f.line).collect::<Vec<_>>(), [2]);
        let found = of_file(&made_up("a.rs", &format!("\n//{}", "-".repeat(COLUMNS - 1))));
        assert_eq!(found.iter().map(|f| f.line).collect::<Vec<_>>(), [2]);
    }

    #[test]
    fn budgets_count_code_only_and_add_up() {
        assert_eq!(code_lines("//! a\n\n  // b\nfn f() {}\n/// c\nfn g() {} // d\n"), 2);
        let sources = [made_up("c/src/a.rs", "fn f() {}"), made_up("c/src/b.rs", "fn g() {}")];
        assert_eq!(of_budget(&sources, "c/src/", 2), None);
        assert!(of_budget(&sources, "c/src/", 1).is_some());
    }
}
