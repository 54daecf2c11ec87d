/* The version of this firmware, where the image it lies in does not say otherwise (os-release, VERSION_ID). */
#pragma once

#define FIRMWARE_VERSION "0.1.0"
