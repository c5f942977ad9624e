//! [`Run`]: polls the body and the children of a scope until all have ended.

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
        children: Vec<Running<'env>>,
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
        Self { body: Some(body), value: None, children: Vec::new(), shared }
    }
}

impl Running<'_> {
    /// Whether it goes on after a poll, if it was woken.
    fn goes_on(&mut self) -> bool {
        !self.bell.take()
            || self.child.as_mut().poll(&mut Context::from_waker(&self.waker)).is_pending()
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
        this.children.retain_mut(Running::goes_on);
        // Those that the body and the older children have spawned; what these spawn comes next.
        for child in this.shared.new.take() {
            let bell = Bell::new(this.shared.parent.clone());
            let mut running = Running { child, waker: Waker::from(bell.clone()), bell };
            if running.goes_on() {
                this.children.push(running);
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
