//! Records one by one, from any input.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::fmt;
use std::io::{self, BufRead};

use super::Format;
use crate::diagnostic::{Diagnostic, Sink};
use crate::record::Record;

/// A reader that stops behind every few records, and goes on where it stopped; one that cannot, since what an entry means may stand
/// behind it, takes all in one step.
pub(crate) trait Steps {
    /// Reads on; false at the end of the input.
    fn step(
        &mut self,
        input: &mut dyn BufRead,
        records: &mut dyn Sink<Record>,
        diagnostics: &mut dyn Sink,
    ) -> io::Result<bool>;
}

/// The records of an input, one after another: see [`Format::records`].
pub struct Records<R> {
    input: R,
    reader: Box<dyn Steps + Send>,
    read: VecDeque<Event>,
    told: Vec<Diagnostic>,
    is_done: bool,
}

/// What a reader gives, in its order.
pub(crate) enum Event {
    Record(Box<Record>),
    Diagnostic(Box<Diagnostic>),
}

impl Format {
    /// Reads all of `input`: each record goes to `records` as soon as it is complete, what is odd to `diagnostics`.
    ///
    /// ```
    /// use reflist::{Ignore, formats::ris};
    /// let mut records = Vec::new();
    /// ris::FORMAT.read(&mut "TY  - BOOK\nTI  - Romola\nER  - \n".as_bytes(), &mut records, &mut Ignore)?;
    /// assert_eq!(records.len(), 1);
    /// # Ok::<(), std::io::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// Only those of `input` itself; broken content is a diagnostic, and the rest is read.
    pub fn read(
        &self,
        input: &mut dyn BufRead,
        records: &mut dyn Sink<Record>,
        diagnostics: &mut dyn Sink,
    ) -> io::Result<()> {
        let mut reader = (self.reader)();
        while reader.step(input, records, diagnostics)? {}
        Ok(())
    }

    /// Reads records one by one, as they are asked for.
    ///
    /// An item is an error only where `input` itself fails; nothing comes behind it. What is odd about the content is told by
    /// [`Records::take_diagnostics`]. Memory is that of a few records, or for RIS of a piece of the input, whatever its length; but for
    /// BibTeX, whose macros and parents may stand anywhere: its records are all read with the first.
    ///
    /// ```
    /// use reflist::formats::ris;
    /// let input = "TY  - BOOK\nTI  - Middlemarch\nPY  - 1871\nER  - \nTY  - XX\nTI  - Romola\n";
    /// let mut records = ris::FORMAT.records(input.as_bytes());
    /// let first = records.next().unwrap().unwrap();
    /// assert_eq!(first.title().unwrap().to_string(), "Middlemarch");
    /// assert!(records.take_diagnostics().is_empty());
    /// assert_eq!(records.by_ref().count(), 1);
    /// let codes: Vec<&str> = records.take_diagnostics().iter().map(|diagnostic| diagnostic.code).collect();
    /// assert_eq!(codes, ["ris::unknown-type", "ris::missing-er"]);
    /// ```
    pub fn records<R: BufRead>(&self, input: R) -> Records<R> {
        Records { input, reader: (self.reader)(), read: VecDeque::new(), told: Vec::new(), is_done: false }
    }
}

impl<R> Records<R> {
    /// What was told since this was last asked: all about the records so far, and nothing about those to come.
    pub fn take_diagnostics(&mut self) -> Vec<Diagnostic> {
        std::mem::take(&mut self.told)
    }
}

impl<R: BufRead> Iterator for Records<R> {
    type Item = io::Result<Record>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            match self.read.pop_front() {
                Some(Event::Record(record)) => return Some(Ok(*record)),
                Some(Event::Diagnostic(diagnostic)) => self.told.push(*diagnostic),
                None if self.is_done => return None,
                None => {
                    let queue = Queue(&RefCell::new(std::mem::take(&mut self.read)));
                    let more = self.reader.step(&mut self.input, &mut { queue }, &mut { queue });
                    self.read = queue.0.take();
                    match more {
                        Ok(more) => self.is_done = !more,
                        Err(error) => {
                            self.is_done = true;
                            self.read.clear();
                            return Some(Err(error));
                        }
                    }
                }
            }
        }
    }
}

/// Takes records and diagnostics in the order in which they come.
#[derive(Clone, Copy)]
pub(crate) struct Queue<'q>(pub(crate) &'q RefCell<VecDeque<Event>>);

impl Sink<Record> for Queue<'_> {
    fn report(&mut self, record: Record) {
        self.0.borrow_mut().push_back(Event::Record(Box::new(record)));
    }
}

impl Sink<Diagnostic> for Queue<'_> {
    fn report(&mut self, diagnostic: Diagnostic) {
        self.0.borrow_mut().push_back(Event::Diagnostic(Box::new(diagnostic)));
    }
}

impl<R: fmt::Debug> fmt::Debug for Records<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Records").field("input", &self.input).field("is_done", &self.is_done).finish_non_exhaustive()
    }
}
