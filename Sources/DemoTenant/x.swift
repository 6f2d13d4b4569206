import Hummingbird
import HummingbirdTLS
import GRDB
import JWTKit
import X509
import Crypto
