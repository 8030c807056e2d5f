from qa.question import read_question


def test_content_words_leave_out_how_it_is_asked() -> None:
    read = read_question("What did the U.S. officials say about Orrin Bay's dam?")
    assert read.content_words == ("U.S.", "officials", "Orrin", "Bay's", "dam")
    assert read.names == ("U.S.", "Orrin", "Bay's")
