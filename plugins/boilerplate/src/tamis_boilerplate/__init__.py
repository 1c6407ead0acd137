"""Cut what is not the article: captions, credits, read-also inserts, counters, link lists."""
