/* What pages say of the parts of a bundle and of papers. Inside ui/screen only. */
#pragma once

#include "ui/screen/scene.h"

/* On the guide: every part with office, days and delivery, and what it all stands for. */
void bundle_add_guide(struct scene *s);
/* Below a question: which offices need it. */
void bundle_add_needs(struct scene *s, const struct field *f);
/* What is applied for, and what is not. */
void bundle_add_parts(struct scene *s, const char *title);
/* The days of the papers that are owed; nothing when none is. */
void bundle_add_owed(struct scene *s);
/* What stands above the signature, and its height. */
void bundle_add_promises(struct scene *s);
int bundle_promises_height(struct scene *s);
/* "by 10 Dec 2026 at the latest" */
const char *papers_due(struct scene *s, const struct paper_row *row);
/* A paper and what was said of it. */
void bundle_add_paper(struct scene *s, const struct paper_row *row);
