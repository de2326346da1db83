//! Addresses as people hide them: `name [at] example [dot] org`, `NAME AT EXAMPLE DOT ORG`, `name{at}example{dot}org`.
//!
//! In goes plain text, out come the e-mail addresses in it, as they would be typed. What is no address stays out: names of
//! packages, of users and of images.

use crate::value::email::Email;

/// The addresses of a text, in order, each with the place of its first letter in the text without disguise.
pub(super) fn emails(text: &str) -> (String, Vec<(usize, Email)>) {
    let plain = undisguised(text);
    let mut found: Vec<(usize, Email)> = Vec::new();
    for (at, _) in plain.match_indices('@') {
        let local = |c: char| c.is_ascii_alphanumeric() || "._%+-'".contains(c);
        let start =
            plain[..at].char_indices().rev().find(|(_, c)| !local(*c)).map_or(0, |(i, c)| i + c.len_utf8());
        let domain = |c: char| c.is_ascii_alphanumeric() || ".-".contains(c);
        let end = plain[at + 1..].find(|c| !domain(c)).map_or(plain.len(), |end| at + 1 + end);
        let address = plain[start..end].trim_end_matches(['.', '-']);
        let skip = address.len() - address.trim_start_matches(['.', '-', '\'', '_', '%', '+']).len();
        // `@name@example.social` is an account of a network, and no mailbox.
        let account = plain[..start].ends_with('@');
        if let Ok(email) = Email::parse(&address[skip..])
            && is_mail(&email)
            && !account
        {
            found.push((start + skip, email));
        }
    }
    (plain, found)
}

fn is_mail(email: &Email) -> bool {
    let top = email.domain().rsplit('.').next().unwrap_or_default();
    let file = matches!(top, "png" | "jpg" | "jpeg" | "gif" | "svg" | "webp" | "js" | "ts");
    let nobody = matches!(email.local(), "git" | "noreply" | "no-reply" | "user" | "hg");
    let unread = email.domain().contains("noreply");
    !file
        && !nobody
        && !unread
        && top.len() > 1
        && top.chars().all(|c| c.is_ascii_alphabetic() || top.starts_with("xn--"))
}

/// The text with `@` and `.` where somebody wrote them in words.
fn undisguised(text: &str) -> String {
    let text = text
        .replace("&#64;", "@")
        .replace("&commat;", "@")
        .replace("&#46;", ".")
        .replace("&period;", ".")
        .replace(['\u{ff20}', '\u{fe6b}'], "@")
        .replace(['\u{200b}', '\u{2060}', '\u{ad}'], "");
    closed(&spoken(&dashed(&bracketed(&alone(&text)))))
}

/// `name at example.org` where that is all of a line; within a sentence it may be a place.
fn alone(text: &str) -> String {
    let joined = |line: &str| {
        let words: Vec<&str> = line.split_whitespace().collect();
        let [local, "at" | "AT", domain] = words[..] else { return None };
        let address = format!("{local}@{domain}");
        (domain.contains('.') && Email::parse(&address).is_ok()).then_some(address)
    };
    text.split_inclusive('\n')
        .map(|line| match joined(line) {
            Some(address) => format!("{address}{}", if line.ends_with('\n') { "\n" } else { "" }),
            None => line.to_owned(),
        })
        .collect()
}

/// `name @ example.org`, and `name -at- example -dot- org`.
fn dashed(text: &str) -> String {
    let mut text = text.to_owned();
    for (at, dot) in [("-at-", "-dot-"), ("_at_", "_dot_"), ("*at*", "*dot*")] {
        for (spelt, sign) in [(at, "@"), (dot, ".")] {
            for spelt in [spelt.to_owned(), spelt.to_uppercase()] {
                text = text.replace(&format!(" {spelt} "), sign);
                // Without spaces it may be part of a name, such as `look-at-me`, unless the other word stands there too.
                if text.contains(dot) || sign == "." {
                    text = text.replace(&spelt, sign);
                }
            }
        }
    }
    text
}

/// An `@` between spaces belongs to the words beside it, if those make an address: `name nospam @ example.org` too.
fn closed(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once(" @ ") {
        let local = before.rsplit(char::is_whitespace).next().unwrap_or_default();
        let domain = after.split(char::is_whitespace).next().unwrap_or_default();
        let domain = domain.trim_end_matches(|c: char| !c.is_ascii_alphanumeric());
        let is_address = domain.contains('.') && Email::parse(&format!("{local}@{domain}")).is_ok();
        let nospam = local.eq_ignore_ascii_case("nospam");
        let kept = before[..before.len() - local.len()].trim_end();
        out.push_str(if is_address && nospam && !kept.is_empty() { kept } else { before });
        out.push_str(if is_address { "@" } else { " @ " });
        rest = after;
    }
    out.push_str(rest);
    out
}

/// `[at]`, `(AT)`, `{{dot}}`, `<at>`, ` [@] `, `[dot com]`.
fn bracketed(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(open) = rest.find(['[', '(', '{', '<']) {
        let (before, inner) = rest.split_at(open);
        out.push_str(before);
        let word: String = inner.chars().take(14).collect();
        let close = word.find([']', ')', '}', '>']).map(|close| {
            close + word[close..].len() - word[close..].trim_start_matches([']', ')', '}', '>']).len()
        });
        let sign = close.and_then(|close| {
            let word = word[..close].trim_matches(|c: char| "[](){}<> _-".contains(c)).to_lowercase();
            if let Some(top) = word.strip_prefix("dot ").filter(|top| is_top(top)) {
                return Some((close, format!(".{top}")));
            }
            match word.as_str() {
                "at" | "@" | "ät" | "æt" | "arroba" | "arobase" | "a" | "à" | "где" | "собака" | "chez" => {
                    Some((close, "@".to_owned()))
                }
                "dot" | "." | "punkt" | "punto" | "ponto" | "point" | "период" | "точка" => {
                    Some((close, ".".to_owned()))
                }
                _ => None,
            }
        });
        match sign {
            Some((close, sign)) if out.trim_end().ends_with(|c: char| c.is_ascii_alphanumeric()) => {
                out.truncate(out.trim_end().len());
                out.push_str(&sign);
                rest = inner[close..].trim_start_matches(' ');
            }
            _ => {
                let first = inner.chars().next().map_or(0, char::len_utf8);
                out.push_str(&inner[..first]);
                rest = &inner[first..];
            }
        }
    }
    out.push_str(rest);
    out
}

fn is_top(word: &str) -> bool {
    (2..=10).contains(&word.len()) && word.bytes().all(|b| b.is_ascii_lowercase())
}

/// `security at example dot org`: only with both words, for "at" alone is in every text.
fn spoken(text: &str) -> String {
    let lower = text.to_ascii_lowercase();
    if !lower.contains(" at ") {
        return text.to_owned();
    }
    let mut words: Vec<String> = text.split(' ').map(str::to_owned).collect();
    let mut at = 1;
    while at + 1 < words.len() {
        let is = |i: usize, word: &str| words.get(i).is_some_and(|w: &String| w.eq_ignore_ascii_case(word));
        let spelt = is(at, "at") && is(at + 2, "dot") && at + 3 < words.len();
        let dotted = words.get(at + 1).is_some_and(|word| word.contains('.'));
        let shouted = words[at] == "AT" && dotted;
        // "Write to security at example.org" leaves no doubt; "report it at example.org" would.
        let mailbox = is(at, "at") && dotted && is_mailbox(&words[at - 1]);
        if spelt || shouted || mailbox {
            let mut joined = format!("{}@{}", words[at - 1], words[at + 1]);
            let mut end = at + 2;
            while words.get(end).is_some_and(|word| word.eq_ignore_ascii_case("dot")) && end + 1 < words.len()
            {
                joined = format!("{joined}.{}", words[end + 1]);
                end += 2;
            }
            words.splice(at - 1..end, [joined]);
        }
        at += 1;
    }
    words.join(" ")
}

/// Whether a word is the name of a mailbox that reports go to.
fn is_mailbox(word: &str) -> bool {
    let word = word.trim_start_matches(|c: char| !c.is_ascii_alphanumeric()).to_ascii_lowercase();
    matches!(word.as_str(), "security" | "psirt" | "secalert" | "vulnerabilities" | "abuse" | "disclosure")
}

#[cfg(test)]
mod tests {
    use super::emails;

    #[test]
    fn addresses_are_found_in_disguise() {
        for text in [
            "security@acme.example",
            "mail security [at] acme [dot] example.",
            "<security@acme.example>,",
            "security(at)acme.example",
            "security {{at}} acme{{dot}}example",
            "security AT acme DOT example",
            "security at acme dot example",
            "security&#64;acme.example",
            "**security@acme.example**",
            "security[@]acme.example",
            "security @ acme.example",
            "security\u{ff20}acme.example",
            "security -at- acme -dot- example",
            "security_at_acme_dot_example",
            "Write to security at acme.example.",
            "security[at]acme[.]example",
            "security@acme[.]example",
            "security (ät) acme (punkt) example",
            "security [at] acme [dot example]",
            "**security nospam @ acme.example**",
        ] {
            let found: Vec<String> = emails(text).1.into_iter().map(|(_, email)| email.to_string()).collect();
            assert_eq!(found, ["security@acme.example"], "{text}");
        }
        for text in [
            "icon@2x.png",
            "git@github.com:a/b",
            "actions/checkout@v4.1",
            "@types/node",
            "meet at noon",
            "report security issues at acme.example",
            "have a look-at-this.example",
            "a snake_at_case.example",
            "a @ b",
            "use daemon@0.6.x or wings@1.11.x",
            "find us as @security@acme.example",
            "1+name@users.noreply.acme.example",
        ] {
            assert!(emails(text).1.is_empty(), "{text}");
        }
    }
}
