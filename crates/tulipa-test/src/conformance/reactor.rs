//! The kit of [`Reactor`](tulipa_rt::Reactor): one source at a time.

use std::io::{self, ErrorKind, Read, Write};
use std::net::Shutdown;
use std::os::fd::{AsFd, OwnedFd};
use std::os::unix::net::UnixStream;
use std::task::{Context, Poll};
use std::time::Duration;

use tulipa_rt::{Interest, Interest::Readable, Interest::Writable, Ready, Source};

use super::{LONG, SHORT, Subject, reactor_crowd, settle, turn_until};
use crate::CountingWaker;

/// Checks a loop's [`Reactor`](tulipa_rt::Reactor) with pairs of connected sockets:
///
/// - a source is woken when there is something to read, at the end of the stream, and when there
///   is room to write, also while the loop already waits in an iteration;
/// - readiness is remembered until it is cleared, and clearing what was seen earlier does not
///   lose a later report;
/// - everybody who waits is woken, once, and those who wait for the other direction are not;
/// - waiters on other threads are woken;
/// - dropping the last clone deregisters and closes the descriptor, and lets the wakers go;
/// - a descriptor may be registered under a number that was registered before;
/// - who is woken may drop the source and register another, with the loop as current;
/// - all of it holds for a hundred sources at once.
///
/// A loop that does not ask the operating system gets [`Subject::report`] whenever something has
/// become ready.
///
/// # Panics
///
/// If a promise is not kept, saying which.
#[track_caller]
pub fn reactor<S: Subject>(make: impl Fn() -> S) {
    readable(make());
    end_of_stream(make());
    writable(make());
    remembered(make());
    a_stale_clear_loses_nothing(make());
    one_report_after_another(make());
    directions_are_apart(make());
    dropped(make());
    reactor_crowd::all(make);
}

/// A registered socket and its peer. The source is not ready to read.
pub(super) struct Pair {
    pub(super) source: Source,
    pub(super) peer: UnixStream,
}

impl Pair {
    pub(super) fn new<S: Subject>(subject: &S) -> Self {
        let (ours, peer) = UnixStream::pair().expect("a pair of sockets");
        for socket in [&ours, &peer] {
            socket.set_nonblocking(true).expect("a socket can be non-blocking");
        }
        let source = subject.runtime().register(OwnedFd::from(ours)).expect("a socket registers");
        let pair = Self { source, peer };
        pair.must_not_be_ready(Readable, &CountingWaker::new());
        pair
    }

    /// Sends to the source.
    pub(super) fn send<S: Subject>(&mut self, subject: &mut S, bytes: &[u8]) {
        self.peer.write_all(bytes).expect("the socket has room");
        subject.report(&self.source, Readable);
    }

    /// Waits until the waker was woken, and gives the readiness that is there then.
    pub(super) fn wait<S: Subject>(
        &self,
        subject: &mut S,
        interest: Interest,
        counting: &CountingWaker,
    ) -> Ready {
        let what = format!("a source becomes {interest:?}");
        loop {
            let before = counting.wakes();
            if let Some(ready) = self.poll(interest, counting) {
                return ready;
            }
            turn_until(subject, LONG, &what, || counting.wakes() > before);
        }
    }

    pub(super) fn poll(&self, interest: Interest, counting: &CountingWaker) -> Option<Ready> {
        match self.source.poll_ready(interest, &Context::from_waker(counting.waker())) {
            Poll::Ready(ready) => Some(ready.expect("a socket can be asked for readiness")),
            Poll::Pending => None,
        }
    }

    /// Finds out that the source is not ready, as an operation that would block does.
    pub(super) fn must_not_be_ready(&self, interest: Interest, counting: &CountingWaker) {
        while let Some(ready) = self.poll(interest, counting) {
            self.source.clear(interest, ready);
        }
    }

    /// Reads what is there.
    pub(super) fn read(&self) -> io::Result<Vec<u8>> {
        let mut bytes = vec![0; 4096];
        let length = self.socket().read(&mut bytes)?;
        bytes.truncate(length);
        Ok(bytes)
    }

    fn socket(&self) -> UnixStream {
        self.source.as_fd().try_clone_to_owned().expect("a descriptor can be cloned").into()
    }

    /// Writes until there is no room.
    fn fill(&self) {
        let mut socket = self.socket();
        while socket.write(&[0; 4096]).is_ok() {}
    }

    /// Takes all that the source has written.
    fn drain(&mut self) {
        let mut bytes = vec![0; 65536];
        while self.peer.read(&mut bytes).is_ok() {}
    }
}

fn readable<S: Subject>(mut subject: S) {
    let mut pair = Pair::new(&subject);
    let counting = CountingWaker::new();
    pair.must_not_be_ready(Readable, &counting);
    assert_eq!(pair.read().unwrap_err().kind(), ErrorKind::WouldBlock, "nothing was sent yet");
    settle(&mut subject);
    assert_eq!(counting.wakes(), 0, "nothing to read wakes nobody");
    pair.send(&mut subject, b"spam");
    pair.wait(&mut subject, Readable, &counting);
    assert_eq!(pair.read().expect("it is readable"), b"spam");
    assert_eq!(counting.wakes(), 1, "one report wakes once");
}

fn end_of_stream<S: Subject>(mut subject: S) {
    let pair = Pair::new(&subject);
    let counting = CountingWaker::new();
    pair.must_not_be_ready(Readable, &counting);
    pair.peer.shutdown(Shutdown::Write).expect("a socket can end its stream");
    subject.report(&pair.source, Readable);
    pair.wait(&mut subject, Readable, &counting);
    assert_eq!(pair.read().expect("it is readable"), b"", "the end can be read");
}

fn writable<S: Subject>(mut subject: S) {
    let mut pair = Pair::new(&subject);
    let counting = CountingWaker::new();
    for _ in 0..3 {
        pair.fill();
        settle(&mut subject);
        pair.must_not_be_ready(Writable, &counting);
        let before = counting.wakes();
        settle(&mut subject);
        assert_eq!(counting.wakes(), before, "no room to write wakes nobody");
        pair.drain();
        subject.report(&pair.source, Writable);
        pair.wait(&mut subject, Writable, &counting);
    }
}

fn remembered<S: Subject>(mut subject: S) {
    let mut pair = Pair::new(&subject);
    let counting = CountingWaker::new();
    pair.send(&mut subject, b"spam");
    pair.wait(&mut subject, Readable, &counting);
    let wakes = counting.wakes();
    for _ in 0..10 {
        settle(&mut subject);
        assert!(pair.poll(Readable, &counting).is_some(), "readiness stays until it is cleared");
    }
    assert_eq!(counting.wakes(), wakes, "who did not have to wait is not woken");
}

fn a_stale_clear_loses_nothing<S: Subject>(mut subject: S) {
    let mut pair = Pair::new(&subject);
    let counting = CountingWaker::new();
    let mut stale = None;
    for _ in 0..10 {
        pair.send(&mut subject, b"spam");
        let seen = pair.wait(&mut subject, Readable, &counting);
        if let Some(stale) = stale.replace(seen) {
            pair.source.clear(Readable, stale);
            assert!(pair.poll(Readable, &counting).is_some(), "an old report cleared a new one");
        }
        assert_eq!(pair.read().expect("it is readable"), b"spam");
        pair.source.clear(Readable, seen);
    }
    // Seen, then more comes, then what was seen is cleared: the rest is announced all the same.
    pair.send(&mut subject, b"spam");
    let seen = pair.wait(&mut subject, Readable, &counting);
    assert_eq!(pair.read().expect("it is readable"), b"spam");
    pair.send(&mut subject, b"eggs");
    settle(&mut subject);
    pair.source.clear(Readable, seen);
    pair.wait(&mut subject, Readable, &counting);
    assert_eq!(pair.read().expect("it is readable"), b"eggs");
}

fn one_report_after_another<S: Subject>(mut subject: S) {
    let mut pair = Pair::new(&subject);
    let counting = CountingWaker::new();
    for round in 0..100_u8 {
        pair.must_not_be_ready(Readable, &counting);
        pair.send(&mut subject, &[round]);
        pair.wait(&mut subject, Readable, &counting);
        assert_eq!(pair.read().expect("it is readable"), [round]);
    }
}

fn directions_are_apart<S: Subject>(mut subject: S) {
    let mut pair = Pair::new(&subject);
    let [reader, writer] = std::array::from_fn(|_| CountingWaker::new());
    pair.fill();
    settle(&mut subject);
    pair.must_not_be_ready(Writable, &writer);
    pair.must_not_be_ready(Readable, &reader);
    let before = writer.wakes();
    pair.send(&mut subject, b"spam");
    pair.wait(&mut subject, Readable, &reader);
    settle(&mut subject);
    assert_eq!(writer.wakes(), before, "something to read wakes nobody who wants to write");
    pair.must_not_be_ready(Writable, &writer);
    assert_eq!(pair.read().expect("it is readable"), b"spam");
    pair.must_not_be_ready(Readable, &reader);
    let before = reader.wakes();
    pair.drain();
    subject.report(&pair.source, Writable);
    pair.wait(&mut subject, Writable, &writer);
    settle(&mut subject);
    assert_eq!(reader.wakes(), before, "room to write wakes nobody who wants to read");
}

fn dropped<S: Subject>(mut subject: S) {
    let counting = CountingWaker::new();
    let mut pair = Pair::new(&subject);
    let clone = pair.source.clone();
    pair.must_not_be_ready(Readable, &counting);
    drop(clone);
    assert_eq!(pair.peer.read(&mut [0]).unwrap_err().kind(), ErrorKind::WouldBlock, "it is open");
    pair.send(&mut subject, b"a clone holds it open");
    pair.wait(&mut subject, Readable, &counting);
    pair.must_not_be_ready(Readable, &counting);
    assert!(counting.clones() > 0, "it waits");
    let (source, mut peer) = (pair.source, pair.peer);
    drop(source);
    // A reset is an end too: what was sent had not been read.
    let end = peer.read(&mut [0]);
    assert!(matches!(end, Ok(0)) || end.is_err_and(|e| e.kind() != ErrorKind::WouldBlock));
    subject.turn(SHORT);
    assert_eq!(counting.clones(), 0, "a source that is gone keeps no waker");

    // The system gives the same number to the next descriptor.
    for _ in 0..1000 {
        let mut pair = Pair::new(&subject);
        pair.must_not_be_ready(Readable, &counting);
        pair.send(&mut subject, b"spam");
        pair.wait(&mut subject, Readable, &counting);
    }
    subject.turn(Duration::ZERO);
}
