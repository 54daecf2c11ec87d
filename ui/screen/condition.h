/* Conditions of the matter in hand. Inside ui/screen only. */
#pragma once

#include "ui/screen/scene.h"

/* Each with a mark for what is known of it, and what the resident may say here; nothing when there are none. */
void condition_add_guide(struct scene *s);
