# What each test is made of: its line "/* links: dir dir ... */" as one word, FILE=dir|dir.
/^\/\* links: .* \*\/$/ && !(FILENAME in said) {
    said[FILENAME]
    gsub(/^\/\* links: *| *\*\/$/, "")
    gsub(/ +/, "|")
    print FILENAME "=" $0
}
