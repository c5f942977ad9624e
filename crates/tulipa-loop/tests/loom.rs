//! How a loop and those who send to it meet, in every interleaving that loom finds.
//!
//! Run with `RUSTFLAGS="--cfg loom" cargo test -p tulipa-loop --test loom --release`. A wake-up
//! that is lost is a loop that sleeps for ever: loom calls it a deadlock.
#![cfg(loom)]

#[path = "../src/away.rs"]
mod away;
#[path = "../src/sync.rs"]
mod sync;

use std::sync::atomic::Ordering::{Acquire, Relaxed, Release};

use concurrent_queue::ConcurrentQueue;
use loom::sync::atomic::{AtomicBool, AtomicUsize};
use loom::sync::{Arc, Notify};
use loom::thread;

use away::Away;

/// Where messages wait. The loop looks whether there are any, and takes them.
trait Messages: Default + Send + Sync + 'static {
    fn send(&self);
    fn are_none(&self) -> bool;
    fn take(&self) -> usize;
}

/// As little as there can be: a number, whose accesses order nothing else.
struct Count(AtomicUsize);

impl Default for Count {
    fn default() -> Self {
        Self(AtomicUsize::new(0))
    }
}

impl Messages for Count {
    fn send(&self) {
        self.0.fetch_add(1, Release);
    }

    fn are_none(&self) -> bool {
        self.0.load(Acquire) == 0
    }

    fn take(&self) -> usize {
        self.0.swap(0, Acquire)
    }
}

/// What the loop has: the queue, and a flag that spares it the look at an empty one.
struct Queue {
    queue: ConcurrentQueue<()>,
    mail: AtomicBool,
}

impl Default for Queue {
    fn default() -> Self {
        Self { queue: ConcurrentQueue::unbounded(), mail: AtomicBool::new(false) }
    }
}

impl Messages for Queue {
    fn send(&self) {
        self.queue.push(()).unwrap();
        self.mail.store(true, Release);
    }

    fn are_none(&self) -> bool {
        self.queue.is_empty()
    }

    fn take(&self) -> usize {
        self.mail.swap(false, Acquire);
        let waiting = self.queue.len();
        self.queue.try_iter().take(waiting).count()
    }
}

struct Inbox<M> {
    messages: M,
    away: Away,
    bell: Notify,
    rings: AtomicUsize,
}

impl<M: Messages> Inbox<M> {
    fn new() -> Arc<Self> {
        let (messages, away) = (M::default(), Away::new());
        Arc::new(Self { messages, away, bell: Notify::new(), rings: AtomicUsize::new(0) })
    }

    fn send(&self) {
        self.messages.send();
        if self.away.must_ring(|| false) {
            self.rings.fetch_add(1, Relaxed);
            self.bell.notify();
        }
    }

    /// What an idle loop does until so many messages have come; returns how often it slept.
    fn receive(&self, expected: usize) -> usize {
        let (mut received, mut sleeps) = (0, 0);
        while received < expected {
            self.away.attend();
            received += self.messages.take();
            if received < expected {
                self.away.leave();
                if self.messages.are_none() {
                    sleeps += 1;
                    self.bell.wait();
                }
            }
        }
        sleeps
    }
}

fn model(preemptions: Option<usize>, run: impl Fn() + Send + Sync + 'static) {
    let mut builder = loom::model::Builder::new();
    builder.preemption_bound = preemptions;
    builder.check(run);
}

fn sent_by_each_of<M: Messages>(senders: usize, messages: usize, preemptions: Option<usize>) {
    model(preemptions, move || {
        let inbox = Inbox::<M>::new();
        let threads: Vec<_> = (0..senders)
            .map(|_| {
                let inbox = inbox.clone();
                thread::spawn(move || (0..messages).for_each(|_| inbox.send()))
            })
            .collect();
        let sleeps = inbox.receive(senders * messages);
        threads.into_iter().for_each(|thread| thread.join().unwrap());
        // Away from the beginning, and once for each sleep and each look before one.
        let rings = inbox.rings.load(Relaxed);
        assert!(rings <= 1 + sleeps + senders * messages, "{rings} rings for {sleeps} sleeps");
    });
}

#[test]
fn no_message_of_one_sender_is_missed() {
    sent_by_each_of::<Count>(1, 2, Some(4));
}

#[test]
fn no_message_of_two_senders_is_missed() {
    sent_by_each_of::<Count>(2, 1, Some(3));
}

#[test]
fn no_message_in_the_real_queue_is_missed() {
    sent_by_each_of::<Queue>(1, 2, Some(3));
}

#[test]
fn messages_to_a_loop_that_does_not_run_ring_once() {
    model(None, || {
        let inbox = Inbox::<Count>::new();
        let threads = [(); 2].map(|()| {
            let inbox = inbox.clone();
            thread::spawn(move || inbox.send())
        });
        for thread in threads {
            thread.join().unwrap();
        }
        assert_eq!(inbox.rings.load(Relaxed), 1);
        assert_eq!(inbox.messages.take(), 2);
    });
}

#[test]
fn a_loop_at_work_is_not_rung_and_finds_the_message_when_it_leaves() {
    model(None, || {
        let inbox = Inbox::<Count>::new();
        inbox.away.attend();
        let sender = inbox.clone();
        let sender = thread::spawn(move || sender.send());
        inbox.away.leave();
        let seen = !inbox.messages.are_none();
        sender.join().unwrap();
        let rung = inbox.rings.load(Relaxed) == 1;
        assert!(seen || rung, "neither has seen the other");
    });
}
