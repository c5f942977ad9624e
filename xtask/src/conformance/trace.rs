//! Two traces side by side: what was expected, what was printed.

/// The lines of both in one: `-` only expected, `+` only printed.
pub(crate) fn diff(expected: &str, printed: &str) -> String {
    let (old, new): (Vec<_>, Vec<_>) = (expected.lines().collect(), printed.lines().collect());
    // common[i][j]: how many lines old[i..] and new[j..] have in common, in order.
    let mut common = vec![vec![0; new.len() + 1]; old.len() + 1];
    for i in (0..old.len()).rev() {
        for j in (0..new.len()).rev() {
            common[i][j] = if old[i] == new[j] {
                common[i + 1][j + 1] + 1
            } else {
                common[i + 1][j].max(common[i][j + 1])
            };
        }
    }
    let (mut i, mut j) = (0, 0);
    let mut lines = Vec::new();
    while i < old.len() || j < new.len() {
        let (is_old, is_new) = (i < old.len(), j < new.len());
        if is_old && is_new && old[i] == new[j] {
            lines.push(format!("    {}", old[i]));
            (i, j) = (i + 1, j + 1);
        } else if is_old && (!is_new || common[i + 1][j] >= common[i][j + 1]) {
            lines.push(format!("  - {}", old[i]));
            i += 1;
        } else {
            lines.push(format!("  + {}", new[j]));
            j += 1;
        }
    }
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::diff;

    #[test]
    fn what_is_common_stays_together() {
        let expected = "    a\n  - b\n    c\n  + d";
        assert_eq!(diff("a\nb\nc\n", "a\nc\nd\n"), expected);
        assert_eq!(diff("a\n", "a\n"), "    a");
        assert_eq!(diff("", "a\n"), "  + a");
    }
}
