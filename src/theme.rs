//! How the portal looks: templates, static files, and the views that templates see.
//!
//! In go the theme that is embedded in the program and a site's own folder below `themes/`, which overrides it block by
//! block; out comes a [`Theme`] that renders a view under a template's name. Templates see what `view` holds and
//! nothing else: no function of theirs reads a file, a variable or a clock, and text is escaped unless a view says that
//! it is HTML of our own making ([`html::Html`]).

mod contrast;
mod embedded;
pub mod html;
mod problem;
mod shrink;
mod sources;
pub mod view;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;

use serde::Serialize;
use tera::value::Key;
use tera::{Context, Kwargs, State, Tera, Value};

use crate::diag::{Diagnostic, Diagnostics};
use crate::rules::policy::MISSING_THEME;
use crate::source::{Sources, Spanned};
use crate::value::line::Line;

use sources::Own;
use view::global::Global;
use view::head::Head;

/// Where the embedded templates lie, so that a site's `X.html` can extend `default/X.html`.
const EMBEDDED: &str = "default/";

/// The templates of `parts/` that see nothing but `site`.
const PARTS: [&str; 4] = ["follow", "foot", "head", "mark"];

/// The one that sees also which entry of the menu the page belongs to.
const MENU: &str = "parts/menu.html";

/// A page above this is a template gone wrong, not a page.
const LARGEST: usize = 32 * 1024 * 1024;

/// A theme, ready to render.
pub struct Theme {
    tera: Tera,
    files: BTreeMap<String, Cow<'static, [u8]>>,
    own: Own,
    /// The menu as pages show it, by the entry that they belong to and whether they are that very page; last, as those
    /// do that belong to none.
    menus: Vec<(String, bool, Value)>,
}

impl fmt::Debug for Theme {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Theme").field("files", &self.files.keys()).finish_non_exhaustive()
    }
}

impl Theme {
    /// Loads the theme that the policy names: the site's folder over the embedded theme. Where a template of the site
    /// cannot be used, that is reported and the embedded theme stands alone.
    pub fn load(sources: &Sources, theme: &Spanned<Line>, diags: &mut Diagnostics) -> Self {
        let name = theme.as_str();
        let own = Own::read(sources, name, diags);
        if own.is_empty() && name != "default" {
            let message = format!("there is no theme `{}`", crate::diag::escape::short(name, 60));
            let help = format!("add `themes/{name}/`, or remove `theme` to use the embedded one");
            diags.push(MISSING_THEME.at(theme.span, message).help(help));
        }
        let mut tera = engine();
        if let Err(error) = tera.add_raw_templates(own.templates()) {
            problem::all(&error, &own).into_iter().for_each(|found| diags.push(found));
            tera = engine();
        }
        let mut files: BTreeMap<String, Cow<'static, [u8]>> =
            embedded::files().map(|(path, bytes)| (path.to_owned(), served(path, bytes))).collect();
        if let (Some(sheet), Some(custom)) = (files.get("secsite.css"), own.custom_css()) {
            contrast::check(sheet, custom, sources, diags);
        }
        files.extend(own.files(sources));
        Self { tera, files, own, menus: Vec::new() }
    }

    /// Whether no template is the site's own.
    pub fn is_embedded(&self) -> bool {
        self.own.templates().next().is_none()
    }

    /// Sets what every page sees: `site`, as `parts` what is the same on all of them, and as `menu` what many share, so
    /// that it is rendered only once. A part that the site's own theme spoils is reported, and stays empty.
    pub fn set_globals(&mut self, globals: &Global, diags: &mut Diagnostics) {
        self.tera.global_context().insert("site", globals);
        let mut parts = BTreeMap::new();
        for name in PARTS {
            match self.render(&format!("parts/{name}.html"), &Context::new()) {
                Ok(bytes) => drop(parts.insert(name, String::from_utf8_lossy(&bytes).into_owned())),
                Err(problem) => diags.push(*problem),
            }
        }
        self.tera.global_context().insert("parts", &parts);
        match self.rendered_menus(globals) {
            Ok(menus) => self.menus = menus,
            Err(problem) => diags.push(*problem),
        }
    }

    fn rendered_menus(&self, globals: &Global) -> Result<Vec<(String, bool, Value)>, Box<Diagnostic>> {
        let entries = globals.nav.iter().map(|entry| entry.id.as_str()).chain(["report", ""]);
        let menus = entries.flat_map(|entry| [(entry, true), (entry, false)]).map(|(entry, at_root)| {
            let page = BTreeMap::from([("section", Value::from(entry)), ("at_root", Value::from(at_root))]);
            let mut context = Context::new();
            context.insert("page", &page);
            let html = self.render(MENU, &context)?;
            Ok((entry.to_owned(), at_root, Value::from(String::from_utf8_lossy(&html).as_ref())))
        });
        menus.collect()
    }

    /// The menu as a page shows it.
    fn menu(&self, head: &Head) -> Value {
        let own =
            self.menus.iter().find(|(entry, at_root, _)| *entry == head.section && *at_root == head.at_root);
        own.or(self.menus.last()).map_or_else(|| Value::from(""), |(_, _, html)| html.clone())
    }

    /// Static files by path below `static/`.
    pub fn files(&self) -> &BTreeMap<String, Cow<'static, [u8]>> {
        &self.files
    }

    /// A whole page.
    pub fn page<V: Serialize>(
        &self,
        template: &str,
        head: &Head,
        view: &V,
    ) -> Result<Vec<u8>, Box<Diagnostic>> {
        let mut context = self.context(view)?;
        context.insert("page", head);
        context.insert_value("menu", self.menu(head));
        self.render(template, &context)
    }

    /// A piece of a page.
    pub fn piece<V: Serialize>(&self, template: &str, view: &V) -> Result<html::Html, Box<Diagnostic>> {
        let context = self.context(view)?;
        let bytes = self.render(template, &context)?;
        Ok(html::Html::trusted(String::from_utf8_lossy(&bytes).into_owned()))
    }

    /// A view's fields as names. `Context::from_serialize` does the same with a copy of each name.
    fn context(&self, view: &impl Serialize) -> Result<Context, Box<Diagnostic>> {
        let value = Value::try_from_serializable(view).map_err(|error| self.problem(&error))?;
        let mut context = Context::new();
        for (key, value) in value.into_map().unwrap_or_default() {
            match key {
                Key::Str(name) => context.insert_value(name, value),
                other => context.insert_value(other.to_string(), value),
            }
        }
        Ok(context)
    }

    fn render(&self, template: &str, context: &Context) -> Result<Vec<u8>, Box<Diagnostic>> {
        let mut out = Bounded(Vec::with_capacity(8 * 1024));
        self.tera.render_to(template, context, &mut out).map_err(|error| self.problem(&error))?;
        Ok(out.0)
    }

    fn problem(&self, error: &tera::Error) -> Box<Diagnostic> {
        Box::new(problem::one(error, &self.own))
    }
}

/// An embedded file as it is served.
fn served(path: &str, bytes: &'static [u8]) -> Cow<'static, [u8]> {
    match std::str::from_utf8(bytes) {
        Ok(text) if path.ends_with(".css") => Cow::Owned(shrink::css(text).into_bytes()),
        _ => Cow::Borrowed(bytes),
    }
}

/// The engine with the embedded templates in it.
fn engine() -> Tera {
    let mut tera = Tera::new();
    // Lists come from the views. Nested loops over long made-up ranges would be the one way to never end.
    tera.register_function("range", |_: Kwargs, _: &State<'_>| -> Result<Value, tera::Error> {
        Err(tera::Error::message("there is no `range` here: lists come from the views"))
    });
    let added = tera.set_fallback_prefixes([EMBEDDED]).and_then(|()| {
        tera.add_raw_templates(embedded::templates().map(|(name, text)| (format!("{EMBEDDED}{name}"), text)))
    });
    debug_assert!(added.is_ok(), "{added:?}");
    tera
}

/// A buffer that refuses to grow without end.
struct Bounded(Vec<u8>);

impl std::io::Write for Bounded {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.write_all(bytes)?;
        Ok(bytes.len())
    }

    // A page is written in many small pieces, each whole.
    fn write_all(&mut self, bytes: &[u8]) -> std::io::Result<()> {
        if self.0.len() + bytes.len() > LARGEST {
            return Err(std::io::Error::other("the page is larger than 32 MiB"));
        }
        self.0.extend_from_slice(bytes);
        Ok(())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests;
