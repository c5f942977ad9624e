//! [`Run`]: polls the body and the children of a scope until all have ended.

use std::collections::BTreeMap;
use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;
use std::sync::Arc;
use std::task::{Context, Poll, Waker};

use pin_project_lite::pin_project;

use super::bell::Bell;
use super::{Child, Shared};

pin_project! {
    pub(super) struct Run<'env, F: Future> {
        // `None` once the body has ended.
        #[pin]
        body: Option<F>,
        value: Option<F::Output>,
        // By place, which is the order in which they were spawned.
        children: BTreeMap<u64, Running<'env>>,
        spawned_ever: u64,
        shared: Rc<Shared<'env>>,
    }

    impl<F: Future> PinnedDrop for Run<'_, F> {
        fn drop(this: Pin<&mut Self>) {
            let mut this = this.project();
            this.shared.over.set(true);
            // The body first: it is the one that knows of the children.
            this.body.set(None);
            this.children.clear();
            let new = this.shared.new.take();
            drop(new);
            this.shared.parent.forget();
        }
    }
}

/// A child with its bell, and the waker that rings it.
struct Running<'env> {
    child: Child<'env>,
    bell: Arc<Bell>,
    waker: Waker,
}

impl<'env, F: Future> Run<'env, F> {
    pub(super) fn new(shared: Rc<Shared<'env>>, body: F) -> Self {
        Self { body: Some(body), value: None, children: BTreeMap::new(), spawned_ever: 0, shared }
    }
}

impl Running<'_> {
    fn poll(&mut self) -> Poll<()> {
        self.bell.clear();
        self.child.as_mut().poll(&mut Context::from_waker(&self.waker))
    }
}

impl<F: Future> Future for Run<'_, F> {
    type Output = F::Output;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<F::Output> {
        let mut this = self.project();
        this.shared.parent.set(cx.waker());
        if let Some(body) = this.body.as_mut().as_pin_mut() {
            if let Poll::Ready(value) = body.poll(cx) {
                this.body.set(None);
                *this.value = Some(value);
            }
        }
        for place in this.shared.parent.take_rung() {
            // One that has ended may have been woken since.
            let Some(running) = this.children.get_mut(&place) else { continue };
            if running.poll().is_ready() {
                this.children.remove(&place);
            }
        }
        // Those that the body and the older children have spawned; what these spawn comes next.
        for child in this.shared.new.take() {
            let place = *this.spawned_ever;
            *this.spawned_ever += 1;
            let bell = Bell::new(place, this.shared.parent.clone());
            let mut running = Running { child, waker: Waker::from(bell.clone()), bell };
            if running.poll().is_pending() {
                this.children.insert(place, running);
            }
        }
        if this.body.is_some() || !this.children.is_empty() {
            return Poll::Pending;
        }
        if !this.shared.new.borrow().is_empty() {
            // Spawned just now, by a child that has ended; their spawning has woken us.
            return Poll::Pending;
        }
        Poll::Ready(this.value.take().expect("a scope was polled after its end"))
    }
}
