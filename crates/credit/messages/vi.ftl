### Số dư: số dư, khoản thanh toán, nạp cho khách hàng, phí sử dụng, sao kê và các email liên quan.

credit-nav = Số dư
credit-title = Số dư
credit-account = Tài khoản
credit-amount = Số tiền
credit-balance = Số dư
credit-balance-after = Số dư sau giao dịch
credit-balance-now = Số dư hiện tại
credit-customer = Khách hàng
credit-partner = Đối tác
credit-reference = Mã giao dịch thanh toán
credit-note = Ghi chú
credit-reason = Lý do
credit-date = Ngày
credit-kind = Loại
credit-details = Chi tiết
credit-threshold = Ngưỡng
credit-outstanding = Phí sử dụng chưa thu
credit-usage-row = Dòng phí sử dụng
credit-taken-back = Giao dịch bị thu hồi
credit-transaction = Giao dịch
credit-currency = Tiền tệ
credit-filter = Lọc
credit-clear = Xóa bộ lọc
credit-newer = Mới hơn
credit-older = Cũ hơn
credit-pages = Trang
credit-change = Sửa
credit-history = Giao dịch
credit-history-caption = Giao dịch, mới nhất trước
credit-none-title = Chưa có giao dịch
credit-none = Mọi biến động số dư sẽ hiển thị tại đây, kèm số dư sau mỗi giao dịch.
credit-none-filtered = Không có giao dịch nào thuộc loại này

credit-kind-deposit = Khoản thanh toán
credit-kind-top-up = Nạp tiền
credit-kind-top-up-sent = Nạp tiền
credit-kind-usage = Phí sử dụng
credit-kind-refund = Hoàn phí
credit-kind-reversal = Thu hồi
credit-from = từ { $name }
credit-to = cho { $name }
credit-reversed-mark = Đã thu hồi
credit-reversal-of = Thu hồi giao dịch { $reference }

## Trang của tài khoản

credit-lede-partner = Số dư của bạn, số dư của khách hàng và mọi giao dịch.
credit-lede = Số dư của bạn và mọi giao dịch.
credit-topped-up-by-title = { $partner } nạp tiền cho bạn
credit-topped-up-by = Bạn là khách hàng của { $partner }, đơn vị quản lý số dư của bạn. Khi cần thêm, vui lòng liên hệ { $partner }; bạn không thể tự nạp.
credit-how-title = Cách nạp tiền
credit-how = Hãy thanh toán cho { $provider } theo thỏa thuận và ghi rõ tài khoản của bạn. Khoản thanh toán hiển thị tại đây ngay khi chúng tôi ghi nhận. Nếu có thắc mắc, bộ phận hỗ trợ luôn sẵn sàng giúp bạn.
credit-outstanding-text = Còn { $amount } phí sử dụng chưa thanh toán do số dư không đủ. Khoản này sẽ được trừ trước tiên khi có số dư mới.
credit-see-statement = Sao kê
credit-customers = Số dư của khách hàng
credit-customers-none-title = Chưa có khách hàng đang hoạt động
credit-customers-none = Ngay khi có khách hàng đang hoạt động, bạn có thể nạp tiền cho họ tại đây.
credit-top-up = Nạp tiền
credit-top-up-of = Nạp tiền cho { $name }

## Cảnh báo số dư thấp

credit-alert-title = Cảnh báo số dư thấp
credit-alert-text = Khi số dư xuống dưới ngưỡng, người dùng gốc nhận được một email, chỉ một lần.
credit-alert-hint = Để trống: mức mặc định của nhà cung cấp ({ $amount }). 0: không bao giờ.
credit-alert-set = Đã đặt cảnh báo số dư thấp.
credit-alert-off = Đã tắt cảnh báo số dư thấp.
credit-alert-now = Dưới { $amount }
credit-alert-never = Không bao giờ

## Số tiền

credit-amount-hint = Đơn vị: { $currency }
credit-amount-empty = Hãy nhập số tiền.
credit-amount-not-a-number = Hãy nhập một số, ví dụ { $example }. { $currency } { $decimals ->
    [0] không có phần thập phân
   *[other] có { $decimals } chữ số thập phân
  }.
credit-amount-too-large = Hãy nhập nhiều nhất { $max }.
credit-amount-not-positive = Số tiền phải lớn hơn 0.
credit-amount-overdrawn = Số tiền vượt quá số dư: { $balance }.
credit-amount-negative = Ngưỡng không được nhỏ hơn 0.

## Nạp tiền cho khách hàng

credit-top-up-title = Nạp tiền cho khách hàng
credit-top-up-lead = Số tiền được chuyển từ số dư của bạn sang số dư của khách hàng. Bạn sẽ thấy cả hai số dư trước khi có bất kỳ thay đổi nào.
credit-top-up-choose = Chọn khách hàng
credit-top-up-no-customer = Hãy chọn một khách hàng đang hoạt động của bạn.
credit-top-up-ended = Tài khoản này không còn là khách hàng đang hoạt động của bạn. Số dư không thay đổi.
credit-top-up-confirm-title = Xác nhận nạp tiền
credit-top-up-confirm-lead = Chưa có gì thay đổi. Vui lòng kiểm tra cả hai số dư rồi xác nhận.
credit-top-up-confirm = Xác nhận nạp tiền
credit-top-up-yours = Số dư của bạn
credit-top-up-theirs = Số dư của { $name }
credit-now = Hiện tại
credit-afterwards = Sau giao dịch
credit-balances = Số dư
credit-top-up-done-title = Đã nạp tiền cho { $name }
credit-top-up-before = Lần nạp này đã được thực hiện trước đó và không có gì chuyển thêm. Để nạp lần nữa, hãy bắt đầu lại.
credit-top-up-done = { $amount } đã chuyển từ số dư của bạn sang số dư của { $name }.
credit-top-up-another = Nạp cho khách hàng khác
credit-back = Số dư
credit-stale-title = Xác nhận này không còn hiệu lực
credit-stale-text = Nội dung đã bị thay đổi hoặc không phải của bạn. Số dư không thay đổi. Vui lòng làm lại từ đầu.
credit-stale-step = Làm lại từ đầu

## Khoản thanh toán, dành cho nhân viên

credit-staff-nav = Số dư
credit-staff-title = Số dư
credit-staff-lead = Các tài khoản đã có giao dịch và số dư. Tài khoản khác có thể tìm bằng ô tìm kiếm.
credit-search = Tên, email hoặc ID tài khoản
credit-sort = Sắp xếp
credit-sort-balance = Số dư cao nhất trước
credit-sort-balance-up = Số dư thấp nhất trước
credit-accounts-caption = Các tài khoản và số dư
credit-accounts-none-title = Không có tài khoản
credit-accounts-none = Không có tài khoản nào phù hợp.
credit-role-partner = Đối tác
credit-role-customer = Khách hàng của { $name }
credit-back-accounts = Mọi tài khoản
credit-back-account = Tài khoản
credit-deposits-waiting = Khoản thanh toán chờ người thứ hai xác nhận
credit-deposits-waiting-n = { $n ->
    [0] Không có khoản thanh toán nào chờ người thứ hai xác nhận
   *[other] { $n } khoản thanh toán chờ người thứ hai xác nhận
  }
credit-deposits-none-title = Không có gì đang chờ
credit-deposits-none = Khoản thanh toán vượt hạn mức sẽ ở đây cho đến khi có người thứ hai kiểm tra.
credit-back-deposits = Khoản thanh toán
credit-deposit = Khoản thanh toán
credit-deposits = Khoản thanh toán
credit-deposits-all = Tất cả khoản thanh toán
credit-deposits-of-none-title = Chưa có khoản thanh toán nào
credit-deposit-state-awaiting-second = Chờ người thứ hai xác nhận
credit-deposit-state-posted = Đã ghi vào số dư
credit-deposit-state-rejected = Bị từ chối
credit-deposit-state-reversed = Đã thu hồi
credit-state = Trạng thái
credit-recorded = Ghi nhận lúc
credit-settled = Xử lý lúc
credit-deposit-record = Ghi nhận khoản thanh toán
credit-deposit-record-customer = Tài khoản này là khách hàng của một đối tác: chỉ { $name } có thể nạp tiền.
credit-deposit-reference-hint = Như trên sao kê ngân hàng. Mỗi khoản thanh toán của một tài khoản chỉ được ghi nhận một lần.
credit-deposit-note-hint = Chỉ nhân viên nhìn thấy.
credit-deposit-reference-empty = Hãy nhập mã giao dịch thanh toán.
credit-deposit-reference-too-long = Mã giao dịch tối đa { $max } ký tự.
credit-deposit-reference-taken = Khoản thanh toán với mã này đã được ghi nhận cho tài khoản này.
credit-words-too-long = Tối đa { $max } ký tự.
credit-reason-empty = Hãy nêu lý do.
credit-deposit-confirm-title = Ghi nhận khoản thanh toán này?
credit-deposit-at-once = Số tiền được ghi vào số dư ngay khi bạn xác nhận.
credit-deposit-waits = Số tiền vượt quá { $limit }: sau khi bạn ghi nhận, cần người thứ hai xác nhận thì số dư mới thay đổi.
credit-deposit-save = Ghi nhận
credit-deposit-done-posted = Khoản thanh toán đã được ghi vào số dư.
credit-deposit-done-before = Khoản thanh toán này đã được ghi nhận trước đó và không còn trong số dư. Không có gì được ghi nhận thêm.
credit-deposit-done-waiting = Khoản thanh toán đã được ghi nhận và đang chờ người thứ hai xác nhận.
credit-deposit-second-title = Bạn là người kiểm tra thứ hai?
credit-deposit-second = Hãy đối chiếu với sao kê ngân hàng rồi xác nhận hoặc từ chối.
credit-deposit-confirm = Xác nhận khoản thanh toán
credit-deposit-reject = Từ chối
credit-deposit-reject-title = Từ chối khoản thanh toán này?
credit-deposit-reject-reason-hint = Người ghi nhận sẽ thấy nội dung này.
credit-deposit-done-confirmed = Khoản thanh toán đã được xác nhận và ghi vào số dư.
credit-deposit-done-rejected = Khoản thanh toán đã bị từ chối. Số dư không thay đổi.
credit-refused-partners-customer = Khách hàng của đối tác chỉ nhận số dư từ đối tác của mình.
credit-refused-above-limit = Khoản thanh toán vượt hạn mức chỉ được thu hồi bởi người có quyền xác nhận: trưởng nhóm.
credit-refused-same-person = Bạn là người ghi nhận khoản thanh toán này. Cần một trưởng nhóm khác quyết định.
credit-deposit-who-decides = Do { $name } ghi nhận. Một trưởng nhóm khác ngoài { $name } xác nhận hoặc từ chối.
credit-refused-own-account = Đây là tài khoản của chính bạn. Cần một người khác thực hiện.
credit-refused-role = Vai trò của bạn không cho phép việc này.
credit-refused-settled = Khoản thanh toán này đã được xử lý.
credit-refused-not-posted = Khoản thanh toán này không có trong số dư hoặc đã được thu hồi.

## Email

letter-credit-see = Xem số dư
letter-credit-deposit-posted-subject = Khoản thanh toán { $amount } đã được ghi vào số dư
letter-credit-deposit-posted-lead = Chúng tôi đã nhận được khoản thanh toán và cộng { $amount } vào số dư của bạn tại { $provider }.
letter-credit-top-up-sent-subject = Bạn đã nạp { $amount } cho { $other }
letter-credit-top-up-sent-lead = { $amount } đã chuyển từ số dư của bạn sang số dư của khách hàng { $other }.
letter-credit-top-up-sent-next = Không phải bạn hoặc người của bạn thực hiện? Hãy liên hệ ngay với bộ phận hỗ trợ.
letter-credit-top-up-received-subject = { $other } đã nạp { $amount } vào số dư của bạn
letter-credit-top-up-received-lead = Đối tác { $other } đã cộng { $amount } vào số dư của bạn tại { $provider }.
letter-credit-reversed-subject = Một giao dịch { $amount } đã được thu hồi
letter-credit-reversed-lead = { $provider } đã thu hồi một giao dịch { $amount } trên số dư của bạn, vì lý do sau:
letter-credit-refunded-subject = Hoàn phí sử dụng: { $amount }
letter-credit-refunded-lead = { $provider } đã hoàn { $amount } phí sử dụng cho bạn, vì lý do sau:
letter-credit-low-balance-subject = Số dư của bạn sắp hết: { $balance }
letter-credit-low-balance-lead = Số dư của bạn tại { $provider } đã xuống còn { $balance }, thấp hơn ngưỡng { $amount }.
letter-credit-low-balance-next = Vui lòng thanh toán kịp thời để dịch vụ không bị gián đoạn.
letter-credit-low-balance-partner = Vui lòng liên hệ kịp thời với { $other }, đơn vị nạp tiền cho bạn, để dịch vụ không bị gián đoạn.
letter-credit-deposit-waiting-subject = Khoản thanh toán { $amount } chờ người thứ hai xác nhận: { $account }
letter-credit-deposit-waiting-lead = { $name } đã ghi nhận khoản thanh toán { $amount } cho { $account }. Số tiền vượt hạn mức nên cần một người khác xác nhận hoặc từ chối.
letter-credit-deposit-waiting-button = Xem khoản thanh toán
letter-credit-sample-reason = Số tiền đã được ghi nhận thừa một chữ số không.

## Sao kê

credit-role = Chương trình đối tác
credit-statement-lead = Mọi giao dịch của một tháng hoặc kỳ bất kỳ, kèm số dư đầu kỳ và cuối kỳ.
credit-statement-caption = Giao dịch trong kỳ, cũ nhất trước
credit-statement-account = Tài khoản
credit-statement-period = Kỳ
credit-statement-days = { $from } – { $to }
credit-statement-from = Từ ngày
credit-statement-to = Đến ngày
credit-statement-show = Xem
credit-statement-opening = Số dư đầu kỳ
credit-statement-closing = Số dư cuối kỳ
credit-statement-none = Không có giao dịch nào trong kỳ này
credit-statement-no-date = Hãy chọn một ngày.
credit-statement-order = Ngày cuối không được trước ngày đầu.
credit-statement-shown = Hiển thị { $shown } giao dịch đầu tiên trong số { $count }; tệp tải về có đầy đủ.

## Taking back

credit-reverse = Thu hồi
credit-reverse-title = Thu hồi giao dịch này?
credit-reverse-lead = Một bút toán mới chuyển toàn bộ số tiền trở lại. Cả hai vẫn nằm trong lịch sử, và các tài khoản liên quan nhận email kèm lý do của bạn. Không thể hoàn tác.
credit-reverse-reason-hint = Các tài khoản liên quan sẽ đọc lý do này.
credit-reverse-do = Thu hồi
credit-reverse-unsent = Nội dung bạn đã viết, chưa được gửi
credit-reversed-done = Giao dịch đã được thu hồi.

## Pages that say why not

credit-fault-reference-taken-title = Đã được ghi nhận
credit-fault-reference-taken-text = Tài khoản này đã có khoản thanh toán với mã tham chiếu này.
credit-fault-settled-title = Đã được xử lý
credit-fault-settled-text = Người khác đã xử lý khoản thanh toán này trước. Hãy mở ra để xem kết quả.
credit-fault-refused-title = Cần người khác thực hiện
credit-fault-refused-text = Bạn là người ghi nhận, hoặc đây là tài khoản của bạn. Chưa có tiền nào được chuyển.
credit-fault-amount-title = Không thể chuyển số tiền này
credit-fault-amount-text = Số tiền phải lớn hơn 0 và không quá lớn. Chưa có tiền nào được chuyển.
credit-fault-taken-back-title = Không thể thu hồi
credit-fault-taken-back-text = Giao dịch đã được thu hồi trước đó, hoặc là phí sử dụng (chỉ có thể hoàn). Chưa có tiền nào được chuyển.
credit-fault-above-limit-title = Chỉ trưởng nhóm mới thu hồi được
credit-fault-above-limit-text = Khoản thanh toán này vượt hạn mức cần người thứ hai xác nhận. Hãy nhờ một trưởng nhóm thu hồi. Chưa có tiền nào được chuyển.
credit-fault-spent-title = Tiền không còn đủ
credit-fault-spent-text = Tài khoản đã dùng một phần số tiền này nên không thể thu hồi toàn bộ. Chưa có tiền nào được chuyển.
credit-fault-refund-title = Vượt quá phần có thể hoàn
credit-fault-refund-text = Một phần của dòng này đã được hoàn. Chưa có tiền nào được chuyển.
credit-fault-not-customer-title = Không phải khách hàng của bạn
credit-fault-not-customer-text = Tài khoản này không còn là khách hàng đang hoạt động của bạn. Chưa có tiền nào được chuyển.
credit-fault-overdrawn-title = Số dư không đủ
credit-fault-overdrawn-text = Số tiền lớn hơn số dư của bạn. Chưa có tiền nào được chuyển.
credit-fault-too-long-title = Kỳ quá dài
credit-fault-too-long-text = Một tệp có tối đa 100.000 giao dịch. Vui lòng chọn kỳ ngắn hơn.

## Phí sử dụng và hoàn phí, cho nhân viên

credit-usage-title = Phí sử dụng
credit-usage-caption = Các dòng phí sử dụng, mới nhất trước
credit-usage-all = Tất cả dòng phí sử dụng
credit-usage-none-title = Chưa có phí sử dụng
credit-usage-none = Những gì hệ thống tính cước báo về tài khoản này sẽ hiện ở đây, từng dòng một.
credit-usage-cost = Chi phí
credit-usage-outstanding = Chưa thanh toán
credit-usage-refunded = Đã hoàn
credit-refund = Hoàn phí
credit-refund-title = Hoàn phí sử dụng
credit-refund-lead = Phần chưa thanh toán của dòng được miễn trước; phần còn lại trở về số dư. Tài khoản nhận email kèm lý do của bạn.
credit-refund-left = Còn có thể hoàn
credit-refund-amount = Số tiền hoàn
credit-refund-reason-hint = Tài khoản sẽ đọc lý do này.
credit-refund-confirm-title = Hoàn phí sử dụng này?
credit-refund-confirm-lead = Chưa có tiền nào được chuyển. Việc hoàn phí không thể hoàn tác.
credit-refund-waived = { $amount } trong đó được miễn vì chưa từng được thanh toán; số dư chỉ thay đổi theo phần còn lại.
credit-refund-do = Hoàn phí
credit-refund-done = Phí sử dụng đã được hoàn.

## API

credit-problem-currency = Số tiền ở đây tính bằng { $currency }.
credit-problem-no-account = Không có tài khoản này.
credit-usage-amount = Số tiền phải lớn hơn 0 và không quá lớn.
credit-usage-id = Mã dòng phải có từ 1 đến { $max } ký tự hiển thị được.
credit-usage-label = Kỳ và mô tả mỗi mục là một dòng, tối đa { $max } ký tự.
credit-usage-differs = Đã có một dòng mang mã này với nội dung khác.
credit-refund-too-much = Dòng này chỉ còn { $left } có thể hoàn.
problem-credit-overdrawn = Số dư không đủ
problem-credit-overdrawn-detail = Số tiền lớn hơn số dư. Chưa có tiền nào được chuyển.
problem-transfer-taken-back = Giao dịch đã được thu hồi trước đó
problem-transfer-taken-back-detail = Mỗi giao dịch chỉ được thu hồi một lần. Chưa có tiền nào được chuyển.
problem-transfer-irreversible = Loại giao dịch này không thu hồi được
problem-transfer-irreversible-detail = Chỉ khoản thanh toán và giao dịch nạp tiền được thu hồi; phí sử dụng thì được hoàn. Chưa có tiền nào được chuyển.
problem-deposit-reference-taken = Đã được ghi nhận
problem-deposit-reference-taken-detail = Một khoản thanh toán với mã tham chiếu này đã được ghi nhận cho tài khoản.
problem-deposit-settled = Đã được xử lý
problem-deposit-settled-detail = Khoản thanh toán này đã được xác nhận, từ chối hoặc thu hồi. Hãy đọc lại.
problem-second-person-needed = Cần người thứ hai
problem-second-person-needed-detail = Bạn là người ghi nhận khoản thanh toán này. Cần một người khác quyết định.
problem-partners-customer = Đây là khách hàng của một đối tác
problem-partners-customer-detail = Khách hàng của đối tác chỉ được chính đối tác đó nạp tiền.
problem-refund-too-much = Vượt quá phần còn có thể hoàn
problem-refund-too-much-detail = Một phần của dòng này đã được hoàn. Chưa có tiền nào được chuyển.
