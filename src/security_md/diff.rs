//! What changed between two texts, as a unified diff.
//!
//! In go two texts, out come hunks as `diff -u` prints them, or nothing where they are equal. Texts that differ in
//! more lines than can be compared in a moment are shown as wholly replaced.

/// Lines around a change.
const CONTEXT: usize = 3;
/// Pairs of lines that are compared at most.
const PAIRS: usize = 4_000_000;

/// One line of the comparison.
#[derive(Clone, Copy)]
enum Line<'t> {
    Same(&'t str),
    Old(&'t str),
    New(&'t str),
}

/// The difference from `old` to `new`, lines ended by LF.
pub fn unified(old: &str, new: &str, old_name: &str, new_name: &str) -> String {
    let (old, new): (Vec<&str>, Vec<&str>) = (lines(old), lines(new));
    let lines = compare(&old, &new);
    let changed: Vec<usize> = (0..lines.len()).filter(|at| !matches!(lines[*at], Line::Same(_))).collect();
    let mut out = String::new();
    let mut at = 0;
    while at < changed.len() {
        // Changes whose contexts touch share a hunk.
        let mut last = at;
        while changed.get(last + 1).is_some_and(|next| next - changed[last] <= 2 * CONTEXT) {
            last += 1;
        }
        let start = changed[at].saturating_sub(CONTEXT);
        let end = (changed[last] + CONTEXT + 1).min(lines.len());
        if out.is_empty() {
            out = format!("--- {old_name}\n+++ {new_name}\n");
        }
        hunk(&lines, start..end, &mut out);
        at = last + 1;
    }
    out
}

/// Lines with the mark that tells an unfinished last line from a finished one.
fn lines(text: &str) -> Vec<&str> {
    text.split_inclusive('\n').collect()
}

fn hunk(lines: &[Line<'_>], range: std::ops::Range<usize>, out: &mut String) {
    let count = |lines: &[Line<'_>]| {
        let old = lines.iter().filter(|line| !matches!(line, Line::New(_))).count();
        let new = lines.iter().filter(|line| !matches!(line, Line::Old(_))).count();
        (old, new)
    };
    let ((old_before, new_before), (old, new)) = (count(&lines[..range.start]), count(&lines[range.clone()]));
    // An empty side is numbered by the line before it.
    let first = |before: usize, length: usize| if length == 0 { before } else { before + 1 };
    out.push_str(&format!("@@ -{},{old} +{},{new} @@\n", first(old_before, old), first(new_before, new)));
    for line in &lines[range] {
        let (sign, text) = match line {
            Line::Same(text) => (' ', text),
            Line::Old(text) => ('-', text),
            Line::New(text) => ('+', text),
        };
        out.push(sign);
        out.push_str(text);
        if !text.ends_with('\n') {
            out.push_str("\n\\ No newline at end of file\n");
        }
    }
}

fn compare<'t>(old: &[&'t str], new: &[&'t str]) -> Vec<Line<'t>> {
    let head = old.iter().zip(new).take_while(|(a, b)| a == b).count();
    let tail = old[head..].iter().rev().zip(new[head..].iter().rev()).take_while(|(a, b)| a == b).count();
    let (a, b) = (&old[head..old.len() - tail], &new[head..new.len() - tail]);
    let mut lines: Vec<Line<'t>> = old[..head].iter().map(|text| Line::Same(text)).collect();
    if a.len().saturating_mul(b.len()) > PAIRS {
        lines.extend(a.iter().map(|text| Line::Old(text)));
        lines.extend(b.iter().map(|text| Line::New(text)));
    } else {
        longest_common(a, b, &mut lines);
    }
    lines.extend(old[old.len() - tail..].iter().map(|text| Line::Same(text)));
    lines
}

fn longest_common<'t>(a: &[&'t str], b: &[&'t str], lines: &mut Vec<Line<'t>>) {
    let width = b.len() + 1;
    // `common[i * width + j]`: how many lines `a[i..]` and `b[j..]` have in common.
    let mut common = vec![0_u32; (a.len() + 1) * width];
    for i in (0..a.len()).rev() {
        for j in (0..b.len()).rev() {
            common[i * width + j] = if a[i] == b[j] {
                common[(i + 1) * width + j + 1] + 1
            } else {
                common[(i + 1) * width + j].max(common[i * width + j + 1])
            };
        }
    }
    let (mut i, mut j) = (0, 0);
    while i < a.len() || j < b.len() {
        if i < a.len() && j < b.len() && a[i] == b[j] {
            lines.push(Line::Same(a[i]));
            (i, j) = (i + 1, j + 1);
        } else if j == b.len() || i < a.len() && common[(i + 1) * width + j] >= common[i * width + j + 1] {
            lines.push(Line::Old(a[i]));
            i += 1;
        } else {
            lines.push(Line::New(b[j]));
            j += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::unified;

    #[test]
    fn shows_changes_with_their_context() {
        assert_eq!(unified("a\nb\n", "a\nb\n", "x", "y"), "");
        let old = "1\n2\n3\n4\n5\n6\n7\n8\n9\n";
        let new = old.replace("5\n", "five\n");
        let expect = "--- x\n+++ y\n@@ -2,7 +2,7 @@\n 2\n 3\n 4\n-5\n+five\n 6\n 7\n 8\n";
        assert_eq!(unified(old, &new, "x", "y"), expect);
        assert_eq!(unified("", "a\n", "x", "y"), "--- x\n+++ y\n@@ -0,0 +1,1 @@\n+a\n");
        let unfinished = unified("a\n", "a", "x", "y");
        assert_eq!(unfinished, "--- x\n+++ y\n@@ -1,1 +1,1 @@\n-a\n+a\n\\ No newline at end of file\n");
    }

    #[test]
    fn far_changes_have_hunks_of_their_own() {
        let old: String = (0..40).map(|n| format!("{n}\n")).collect();
        let new = old.replace("\n5\n", "\nfive\n").replace("\n30\n", "\n");
        assert_eq!(unified(&old, &new, "x", "y").matches("@@ -").count(), 2);
    }
}
