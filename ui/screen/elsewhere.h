/* Matters that belong to another county, on the guide (SS-47): which counties it is taken in for, and which not, before anybody
 * begins a form. Inside ui/screen only. */
#pragma once

#include "ui/screen/scene.h"

/* Nothing for a service of this county alone. */
void elsewhere_add_guide(struct scene *s);
