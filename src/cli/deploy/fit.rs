//! Whether the site may be published at all: what its sources say, and whether the folder is what the policy's signers
//! released.

use std::path::Path;

use jiff::Timestamp;

use crate::cli::exit::{Exit, Failure};
use crate::cli::globals::{Globals, in_ci};
use crate::cli::load;
use crate::cli::verify::print;
use crate::deploy::{Held, Release, refusal};
use crate::diag::Level;
use crate::io;
use crate::io::folder::Folder;
use crate::openpgp::Certificate;
use crate::rules::policy::EXAMPLE_DOMAIN;
use crate::sign::issue;
use crate::site::{Mark, Options};
use crate::value::id::AdvisoryId;
use crate::value::url::BaseUrl;
use crate::verify::finding::Kind;
use crate::verify::place::Place;
use crate::verify::published;
use crate::verify::verdict::Verdict;

/// Whose site it is, and as of when all is judged.
pub(super) struct Owner {
    pub(super) base: BaseUrl,
    pub(super) now: Timestamp,
    pub(super) certificates: Vec<Certificate>,
    threshold: u32,
    /// Advisories that nobody may hear of.
    pub(super) held: Held,
}

impl Owner {
    /// Reads the sources. Findings of level deny stop a deployment, and so does an example domain, allowed or not.
    pub(super) fn read(globals: &Globals, output: &Path, date: Option<&str>) -> Result<Self, Failure> {
        // SOURCE_DATE_EPOCH is about building: left over in an environment, it would make an old site look fresh.
        let now = date.map_or_else(|| io::clock::now().to_string(), str::to_owned);
        let mut loaded = load::load(globals, &[output.to_owned()], Some(&now))?;
        loaded.levels.set(EXAMPLE_DOMAIN.id, Level::Deny);
        let held = held(&loaded);
        let options = Options { mark: Mark::Signed, ..Options::default() };
        let mut resolved = load::resolve(loaded, &options);
        let _ = resolved.plan();
        let findings = resolved.judge();
        resolved.print(globals, &findings)?;
        let (Some(site), 0) = (&resolved.site, findings.denied()) else {
            globals.say("nothing was deployed");
            return Err(Failure::Printed(resolved.stopped()));
        };
        let certificates = site.signing_certificates();
        if certificates.is_empty() {
            return Err(refusal::nobody_signs().into());
        }
        let threshold = issue::signers(site).threshold;
        Ok(Self { base: site.base.clone(), now: resolved.sources.judged, certificates, threshold, held })
    }

    /// The release in the folder, if the folder is exactly that.
    pub(super) fn release(&self, globals: &Globals, folder: &Path) -> Result<Release, Failure> {
        let shown = io::escape::path(folder);
        if !folder.is_dir() {
            let help = "build the site first with `secsite build`, or name its folder with `-o DIR`";
            return Err(Failure::usage(format!("there is no folder `{shown}`"), help));
        }
        let place = Folder::open(folder)?;
        let release = Release::read(&place);
        let signers = release.as_ref().map(|release| &release.manifest.signers.fingerprints);
        if signers.is_some_and(Vec::is_empty) {
            return Err(refusal::unsigned(&shown).into());
        }
        let ours = |signer: &&_| self.certificates.iter().any(|it| it.fingerprint() == **signer);
        if let Some(stranger) = signers.and_then(|signers| signers.iter().find(|signer| !ours(signer))) {
            return Err(refusal::other_signer(&shown, &stranger.to_string()).into());
        }
        self.judge(globals, &place)?;
        let Some(release) = release else {
            let help = "build the site again, and do not build while it is deployed";
            return Err(Failure::world(format!("the site in `{shown}` has just changed"), help));
        };
        release.judge_host_files()?;
        self.check_held(&place, &release)?;
        Ok(release)
    }

    /// What verification says of a place.
    pub(super) fn verdict(&self, place: &dyn Place) -> Verdict {
        published(place, &self.certificates, self.threshold, self.base.as_str(), self.now)
    }

    /// The same as a failure, with every reason printed.
    pub(super) fn judge(&self, globals: &Globals, place: &dyn Place) -> Result<(), Failure> {
        let verdict = self.verdict(place);
        let Some(kind) = verdict.kind() else {
            print::warnings(globals, &verdict);
            return Ok(());
        };
        print::reasons(globals, &verdict);
        Err(Failure::Printed(if kind == Kind::World { Exit::World } else { Exit::Content }))
    }

    /// An id that is held back must be in no name and no byte.
    fn check_held(&self, place: &dyn Place, release: &Release) -> Result<(), Failure> {
        if self.held.is_empty() {
            return Ok(());
        }
        for record in &release.manifest.files {
            let path = record.path.as_str();
            let bytes = place.read(&record.path, record.size).ok().flatten().unwrap_or_default();
            if let Some(id) = self.held.find(path.as_bytes()).or_else(|| self.held.find(&bytes)) {
                let id = unless_seen(&id);
                return Err(match record.path.history_version() {
                    Some(_) => refusal::was_public(id, "a former manifest of the site").into(),
                    None => refusal::held_back(id, path).into(),
                });
            }
        }
        Ok(())
    }
}

/// An id for a message, unless others read along.
pub(super) fn unless_seen(id: &str) -> Option<&str> {
    Some(id).filter(|_| !in_ci())
}

/// The ids of drafts, of embargoed advisories, and of files that cannot be read, by what they say and how they are called.
fn held(loaded: &load::Loaded) -> Held {
    let private = loaded.parsed.advisories.iter().filter(|file| loaded.private.contains(&file.id));
    let said = private.map(|file| file.front.id.as_str().to_owned());
    let stem = |path: &str| Path::new(path).file_stem().map(|stem| stem.to_string_lossy().into_owned());
    let called = loaded.private.iter().filter_map(|id| stem(&loaded.sources.file(*id).path));
    let called = called.filter(|stem| AdvisoryId::parse(stem).is_ok());
    let ids: Vec<String> = said.chain(called).collect();
    let nobody = AdvisoryId::placeholder();
    Held::new(ids.iter().map(String::as_str).filter(|id| *id != nobody.as_str()))
}
