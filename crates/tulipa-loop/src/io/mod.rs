//! Waiting for descriptors: one [`Poller`](polling::Poller), two ways to use it.
//!
//! - `edge` (Linux): everything is registered once, edge-triggered, and the loop waits on the
//!   poller's own descriptor: one system call a wait, one `write` to ring.
//! - `portable`: `Poller::wait` with registrations that are armed anew for each report. Works
//!   wherever `polling` does.
//!
//! Both run in the tests. What is common, the table of sources, is here.

#[cfg(target_os = "linux")]
mod edge;
mod portable;
mod sources;

use std::io;
use std::os::fd::{AsFd, BorrowedFd, OwnedFd};
use std::sync::Arc;
use std::time::Duration;

use polling::Poller;
use tulipa_rt::Source;

use crate::event_loop::Backend;
use sources::Sources;

/// Wakes the loop out of its wait, from any thread.
#[derive(Clone)]
pub(crate) enum Bell {
    #[cfg(target_os = "linux")]
    Edge(Arc<edge::EventFd>),
    Portable(Arc<Poller>),
}

impl Bell {
    pub(crate) fn ring(&self) {
        match self {
            #[cfg(target_os = "linux")]
            Self::Edge(event) => event.ring(),
            // It can fail only for a descriptor that is gone, and `self` keeps it.
            Self::Portable(poller) => poller.notify().expect("the poller is open"),
        }
    }
}

/// The loop's side of waiting.
pub(crate) struct Io {
    poller: Arc<Poller>,
    sources: Sources,
    way: Way,
}

enum Way {
    #[cfg(target_os = "linux")]
    Edge(edge::Edge),
    Portable(portable::Portable),
}

impl Io {
    pub(crate) fn new(backend: Backend) -> io::Result<Self> {
        let poller = Arc::new(Poller::new()?);
        let way = match backend {
            #[cfg(target_os = "linux")]
            Backend::Native => Way::Edge(edge::Edge::new(&poller)?),
            #[cfg(not(target_os = "linux"))]
            Backend::Native => Way::Portable(portable::Portable::new()),
            Backend::Portable => Way::Portable(portable::Portable::new()),
        };
        Ok(Self { poller, sources: Sources::default(), way })
    }

    pub(crate) fn bell(&self) -> Bell {
        match &self.way {
            #[cfg(target_os = "linux")]
            Way::Edge(edge) => Bell::Edge(edge.event_fd()),
            Way::Portable(_) => Bell::Portable(self.poller.clone()),
        }
    }

    pub(crate) fn register(&self, io: OwnedFd) -> io::Result<Source> {
        let key = self.sources.reserve();
        let source = match &self.way {
            #[cfg(target_os = "linux")]
            Way::Edge(_) => edge::register(&self.poller, &self.sources, key, io),
            Way::Portable(way) => way.register(&self.poller, &self.sources, key, io),
        };
        match &source {
            Ok(source) => self.sources.put(key, source.downgrade()),
            Err(_) => self.sources.release(key),
        }
        source
    }

    /// Whether a wait could report anything but a ring, or what rings too.
    pub(crate) fn has_sources(&self) -> bool {
        self.sources.any()
    }

    /// So many more sources are there only to end a wait.
    pub(crate) fn count_quiet(&self, more: isize) {
        self.sources.count_quiet(more);
    }

    /// Waits, at most so long (`None`: until something happens), and gives the sources that have
    /// become readable or writable to `report`.
    pub(crate) fn wait(
        &self,
        timeout: Option<Duration>,
        mut report: impl FnMut(Source, bool, bool),
    ) -> io::Result<()> {
        let report = |key, readable, writable| {
            if let Some(source) = self.sources.get(key) {
                report(source, readable, writable);
            }
        };
        let waited = match &self.way {
            #[cfg(target_os = "linux")]
            Way::Edge(edge) => edge.wait(&self.poller, timeout, report),
            Way::Portable(portable) => portable.wait(&self.poller, timeout, &self.sources, report),
        };
        match waited {
            // A signal ends a wait early; the loop goes round and comes back.
            Err(error) if error.kind() == io::ErrorKind::Interrupted => Ok(()),
            waited => waited,
        }
    }
}

impl AsFd for Io {
    fn as_fd(&self) -> BorrowedFd<'_> {
        self.poller.as_fd()
    }
}

/// The whole milliseconds to wait, rounded up: neighbouring timers then fire together, and the
/// loop does not spin through the last one.
fn round_up_to_milliseconds(timeout: Duration) -> Duration {
    let whole = Duration::from_secs(timeout.as_secs())
        + Duration::from_millis(timeout.subsec_millis().into());
    if whole == timeout { whole } else { whole + Duration::from_millis(1) }
}
