//! The examples mean the same in both query languages.
