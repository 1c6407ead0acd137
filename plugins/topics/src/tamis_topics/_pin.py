"""The sha256 of the shipped model; the training script writes this file."""

SHA256 = "ed2ece497453f1813121f71e857a7da8ba20a85a596bb9feaa162b8707f1e689"
