//! docs/conformance.md: each statement with its tests, its scenarios and the verdict.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use super::scenario::{FOLDER, Scenario};
use crate::Result;
use crate::tidy::Tree;
use crate::tidy::statements::{exists, ids, rows, statements};

/// The page.
pub(crate) const PATH: &str = "docs/conformance.md";

/// Each statement in a few words, one to a line.
const WORDS: &str = "conformance/statements.txt";

/// Families of which each statement is shown by a scenario, unless none can show it or it is not
/// there yet.
const SHOWN: &[&str] = &[
    "LOOP", "FUT", "TASK", "CANCEL", "WAITFOR", "TIMEOUT", "TG", "GATHER", "WAIT", "ASCOMP",
    "SHIELD", "THREAD", "LOCK", "EVENT", "COND", "SEM", "BARRIER", "QUEUE", "RUN",
];

/// How many tests are named; the others are counted.
const TESTS: usize = 2;

/// The areas that the page has, in its order: the family of the statements, and what it is about.
const AREAS: &[(&str, &str)] = &[
    ("LOOP", "The event loop"),
    ("FUT", "Futures"),
    ("TASK", "Tasks"),
    ("CANCEL", "Cancellation"),
    ("WAITFOR", "`wait_for`"),
    ("TIMEOUT", "`timeout`"),
    ("TG", "Task groups"),
    ("GATHER", "`gather`"),
    ("WAIT", "`wait`"),
    ("ASCOMP", "`as_completed`"),
    ("SHIELD", "`shield`"),
    ("THREAD", "Calls from other threads"),
    ("LOCK", "Locks"),
    ("EVENT", "Events"),
    ("COND", "Conditions"),
    ("SEM", "Semaphores"),
    ("BARRIER", "Barriers"),
    ("QUEUE", "Queues"),
    ("RUN", "Runners"),
];

const HEAD: &str = "\
# Conformance

Every statement about asyncio that the areas below are made of, and what holds it. CPython is the
oracle: a scenario is one small program for asyncio and one for tulipa, and `cargo xtask
conformance` holds what tulipa prints against what CPython printed. The verdict is that of
[differences.md](differences.md), which has the reasons.

Made by `cargo xtask conformance --table` from the tests and the scenarios; edit those.
";

/// The verdict on what has no counterpart yet.
const NOT_YET: &str = "not there yet";

/// What the page is made from.
#[derive(Debug, Default)]
pub(crate) struct Facts<'a> {
    /// The statements in words, by id.
    pub(crate) words: BTreeMap<String, Words>,
    /// The tests that name a statement, as (name, path of the file), by id.
    pub(crate) tests: BTreeMap<String, Vec<(String, String)>>,
    pub(crate) scenarios: &'a [Scenario],
    /// docs/differences.md.
    pub(crate) differences: &'a str,
}

/// A statement in words.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Words {
    text: String,
    /// No program can show it, or none on the CPython of the recordings.
    is_unseen: bool,
}

/// The page as the tree says it must be, and the statements that no scenario shows though one
/// could.
pub(crate) fn of_tree(tree: &Tree<'_>) -> Result<(String, Vec<String>)> {
    let (scenarios, _) = super::load(tree.workspace)?;
    let differences = tree.text(super::DIFFERENCES).unwrap_or_default();
    let words = words(&tree.text(WORDS).ok_or_else(|| format!("{WORDS} is missing"))?)?;
    let facts =
        Facts { words, tests: tests(tree), scenarios: &scenarios, differences: &differences };
    Ok((page(&facts), unshown(&facts, SHOWN)))
}

/// Reads `S-LOCK-1 an uncontended acquire does not wait` and the like; `unseen:` before the words
/// says that no program can show it, or none on the CPython of the recordings.
pub(crate) fn words(text: &str) -> Result<BTreeMap<String, Words>> {
    let mut words = BTreeMap::new();
    for line in text.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
        let (id, rest) = line.split_once(' ').unwrap_or((line, ""));
        let unseen = rest.strip_prefix("unseen: ");
        let new = Words { text: unseen.unwrap_or(rest).to_owned(), is_unseen: unseen.is_some() };
        if !exists(id) || words.insert(id.to_owned(), new).is_some() {
            return Err(format!("{WORDS}: unknown, or there twice: {line}").into());
        }
    }
    let needed = AREAS.iter().flat_map(|(family, _)| statements(family));
    let missing: Vec<_> = needed.filter(|id| !words.contains_key(id)).collect();
    if missing.is_empty() {
        return Ok(words);
    }
    Err(format!("{WORDS} lacks {}", missing.join(" ")).into())
}

/// The tests of the tree that name a statement in their docs or bodies.
fn tests(tree: &Tree<'_>) -> BTreeMap<String, Vec<(String, String)>> {
    let mut tests: BTreeMap<_, Vec<_>> = BTreeMap::new();
    for source in tree.sources.iter().filter(|source| source.path.starts_with("crates/")) {
        for function in source.functions.iter().filter(|function| function.is_test) {
            let lines = source.lines().filter(|(number, _)| function.lines.contains(number));
            for id in lines.flat_map(|(_, line)| ids(line)).collect::<BTreeSet<_>>() {
                let name = format!("{}::{}", module(&source.path), function.name);
                tests.entry(id).or_default().push((name, source.path.clone()));
            }
        }
    }
    tests
}

/// The name of the module that a file is.
fn module(path: &str) -> &str {
    let path = path.trim_end_matches(".rs").trim_end_matches("/mod");
    path.rsplit('/').next().unwrap_or(path)
}

fn page(facts: &Facts<'_>) -> String {
    let mut page = HEAD.to_owned();
    for (family, title) in AREAS {
        let _ = write!(
            page,
            "\n## {title}\n\n| statement | in words | tests | scenarios | verdict |\n\
             |---|---|---|---|---|\n"
        );
        for id in statements(family) {
            let _ = writeln!(page, "{}", row(facts, &id));
        }
    }
    page
}

/// Statements of these families that a scenario could show, and none does.
fn unshown(facts: &Facts<'_>, families: &[&str]) -> Vec<String> {
    let ids = families.iter().flat_map(|family| statements(family));
    let is_shown = |id: &String| {
        scenarios(facts, id).next().is_some()
            || facts.words.get(id).is_some_and(|words| words.is_unseen)
            || verdict(facts.differences, id) == NOT_YET
    };
    ids.filter(|id| !is_shown(id)).collect()
}

/// The scenarios that show a statement.
fn scenarios<'a>(facts: &'a Facts<'_>, id: &str) -> impl Iterator<Item = &'a Scenario> {
    facts.scenarios.iter().filter(move |it| it.ids.iter().any(|shown| shown == id))
}

fn row(facts: &Facts<'_>, id: &str) -> String {
    let (words, none) = match facts.words.get(id) {
        Some(words) if words.is_unseen => (words.text.as_str(), "not to be seen"),
        Some(words) => (words.text.as_str(), "–"),
        None => ("", "–"),
    };
    let tests = facts.tests.get(id).map(Vec::as_slice).unwrap_or_default();
    let shown = tests.iter().take(TESTS).map(|(name, path)| format!("[`{name}`](../{path})"));
    let mut shown: Vec<_> = shown.collect();
    if tests.len() > TESTS {
        shown.push(format!("and {} more", tests.len() - TESTS));
    }
    let scenarios = scenarios(facts, id).map(|it| {
        let differs = if it.differs.is_some() { " (differs)" } else { "" };
        format!("[`{0}`](../{FOLDER}/{0}.rs){differs}", it.name)
    });
    let scenarios: Vec<_> = scenarios.collect();
    let cell = |parts: Vec<String>, none: &str| match parts.as_slice() {
        [] => none.to_owned(),
        parts => parts.join(", "),
    };
    let (tests, scenarios) = (cell(shown, "–"), cell(scenarios, none));
    format!("| {id} | {words} | {tests} | {scenarios} | {} |", verdict(facts.differences, id))
}

/// What docs/differences.md says: the first of its tables that lists the statement.
fn verdict(differences: &str, id: &str) -> &'static str {
    let tables = [
        ("## On purpose", "differs"),
        ("## In Rust's form", "in Rust's form"),
        ("## Not there yet", NOT_YET),
    ];
    let lists = |heading: &str| {
        let section = differences.split_once(heading).map_or("", |(_, rest)| rest);
        rows(section.split("\n## ").next().unwrap_or_default()).contains(id)
    };
    tables.iter().find(|(heading, _)| lists(heading)).map_or("as asyncio", |(_, verdict)| verdict)
}

#[cfg(test)]
mod tests {
    use super::super::scenario::Scenario;
    use super::{Facts, Words, module, page, row, unshown, verdict, words};

    const DIFFERENCES: &str = "\
# Differences\n\n## On purpose\n\n| S-LOCK-1 | a |\n
## In Rust's form\n\n| S-LOCK-2, S-LOCK-1 | b |\n
## Not there yet\n\n| S-LOCK-3 | c |\n| S-LOCK-2 | d |\n";

    #[test]
    fn the_first_table_that_lists_a_statement_says_the_verdict() {
        assert_eq!(verdict(DIFFERENCES, "S-LOCK-1"), "differs");
        assert_eq!(verdict(DIFFERENCES, "S-LOCK-2"), "in Rust's form");
        assert_eq!(verdict(DIFFERENCES, "S-LOCK-3"), "not there yet");
        assert_eq!(verdict(DIFFERENCES, "S-LOCK-4"), "as asyncio");
    }

    fn in_words(text: &str) -> Words {
        Words { text: text.to_owned(), is_unseen: false }
    }

    #[test]
    fn what_could_be_shown_is_missed() {
        let unseen = Words { is_unseen: true, ..in_words("by nobody") };
        let shows = |id: &str| Scenario { ids: vec![id.into()], ..Scenario::default() };
        let facts = Facts {
            words: [("S-LOCK-4".to_owned(), unseen)].into(),
            scenarios: &[shows("S-LOCK-1"), shows("S-LOCK-2")],
            differences: DIFFERENCES,
            ..Facts::default()
        };
        assert_eq!(unshown(&facts, &["LOCK"]), ["S-LOCK-5", "S-LOCK-6"]);
        assert_eq!(unshown(&facts, &[]), [""; 0]);
        assert!(row(&facts, "S-LOCK-4").contains("not to be seen"));
    }

    #[test]
    fn a_row_names_a_few_tests_and_every_scenario() {
        let test = |name: &str| (name.to_owned(), "crates/c/tests/it/lock.rs".to_owned());
        let scenario = Scenario {
            name: "lock/fair".into(),
            ids: vec!["S-LOCK-1".into(), "S-LOCK-3".into()],
            differs: Some("S-LOCK-3: on purpose".into()),
            ..Scenario::default()
        };
        let facts = Facts {
            words: [("S-LOCK-3".to_owned(), in_words("it is fair"))].into(),
            tests: [("S-LOCK-3".to_owned(), ["lock::a", "lock::b", "lock::c"].map(test).into())]
                .into(),
            scenarios: &[scenario],
            differences: "",
        };
        let expected = "| S-LOCK-3 | it is fair | [`lock::a`](../crates/c/tests/it/lock.rs), \
                        [`lock::b`](../crates/c/tests/it/lock.rs), and 1 more \
                        | [`lock/fair`](../conformance/scenarios/lock/fair.rs) (differs) \
                        | as asyncio |";
        assert_eq!(row(&facts, "S-LOCK-3"), expected);
        assert_eq!(row(&facts, "S-LOCK-2"), "| S-LOCK-2 |  | – | – | as asyncio |");
        assert!(page(&facts).contains(expected));
    }

    #[test]
    fn each_statement_of_the_areas_is_in_words_once() {
        let error = |text: &str| words(text).expect_err("it is not whole").to_string();
        assert!(error("# none\n\n").contains("S-LOCK-1"));
        assert!(error("S-LOCK-99 there is none\n").contains("S-LOCK-99"));
        assert!(error("S-LOCK-1 once\nS-LOCK-1 twice\n").contains("twice"));
        assert!(!error("S-LOCK-1 once\n").contains("S-LOCK-1 "));
        assert!(!error("S-LOCK-1 unseen: once\n").contains("S-LOCK-1 "));
    }

    #[test]
    fn a_module_is_named_as_rust_names_it() {
        assert_eq!(module("crates/c/tests/it/lock.rs"), "lock");
        assert_eq!(module("crates/c/src/group/mod.rs"), "group");
    }
}
