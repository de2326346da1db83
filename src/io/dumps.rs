//! No core file and no debugger: a process that holds a secret key leaves no image of its memory behind.

/// Forbids dumps of this process's memory, and that other processes of the same user read it. Programs that are started
/// from here are not concerned. A system that refuses takes away a second line of defence, nothing that is relied on.
pub fn forbid() {
    #[cfg(target_os = "linux")]
    let _ = rustix::process::set_dumpable_behavior(rustix::process::DumpableBehavior::NotDumpable);
    #[cfg(all(unix, not(target_os = "linux")))]
    let _ = rustix::process::setrlimit(
        rustix::process::Resource::Core,
        rustix::process::Rlimit { current: Some(0), maximum: Some(0) },
    );
}
