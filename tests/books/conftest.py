"""Comparisons in the shared contract are shown as those in a test module."""

import pytest

pytest.register_assert_rewrite("book_contract")
