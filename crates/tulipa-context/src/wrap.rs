//! [`InContext`]: a future that runs in a context wherever it is polled.

use std::future::Future;
use std::pin::Pin;
use std::task::{Context as Poller, Poll};

use pin_project_lite::pin_project;

use crate::context::Context;

pin_project! {
    /// The future of [`Context::wrap`].
    #[derive(Debug)]
    #[must_use = "futures do nothing unless awaited"]
    pub struct InContext<F> {
        // `None` once it is being dropped.
        #[pin]
        future: Option<F>,
        context: Context,
    }

    impl<F> PinnedDrop for InContext<F> {
        fn drop(this: Pin<&mut Self>) {
            let mut this = this.project();
            this.context.run(|| this.future.set(None));
        }
    }
}

impl<F> InContext<F> {
    pub(crate) fn new(context: Context, future: F) -> Self {
        Self { future: Some(future), context }
    }

    /// The context that it runs in.
    pub fn context(&self) -> &Context {
        &self.context
    }
}

impl<F: Future> Future for InContext<F> {
    type Output = F::Output;

    fn poll(self: Pin<&mut Self>, cx: &mut Poller<'_>) -> Poll<F::Output> {
        let this = self.project();
        let future = this.future.as_pin_mut().expect("there until it is dropped");
        this.context.run(|| future.poll(cx))
    }
}
